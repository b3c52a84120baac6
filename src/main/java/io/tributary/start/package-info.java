/** What happens before the first route runs: settings, database, generated keys. */
@NullMarked
package io.tributary.start;

import org.jspecify.annotations.NullMarked;
