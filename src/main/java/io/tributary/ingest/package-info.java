/** The funnel's beans: what happens to a batch between its arrival and its commit. */
@NullMarked
package io.tributary.ingest;

import org.jspecify.annotations.NullMarked;
