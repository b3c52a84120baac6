/** A hub over a real PostgreSQL, for tests that look at it from outside: over HTTP, and into its tables as their owner. */
@NullMarked
package io.tributary.testing;

import org.jspecify.annotations.NullMarked;
