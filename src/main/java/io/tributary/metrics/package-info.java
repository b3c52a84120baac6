/** What a workspace's pipeline adds up to: counters kept by deltas, value bins, and a deal's standing. Pure. */
@NullMarked
package io.tributary.metrics;

import org.jspecify.annotations.NullMarked;
