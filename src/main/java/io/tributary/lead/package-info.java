/** The people behind the deals. Pure values, no Camel, no database. */
@NullMarked
package io.tributary.lead;

import org.jspecify.annotations.NullMarked;
