/** The integration team's own route and mapping files: checked, laid over the built-in ones, and followed as they change. */
@NullMarked
package io.tributary.routefile;

import org.jspecify.annotations.NullMarked;
