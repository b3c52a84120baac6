/** The event log: what happened in a workspace, numbered without a gap, and whoever reads it after the commit. */
@NullMarked
package io.tributary.event;

import org.jspecify.annotations.NullMarked;
