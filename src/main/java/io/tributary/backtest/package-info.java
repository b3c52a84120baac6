/** Whether a health profile is right, by a workspace's own decided deals. */
@NullMarked
package io.tributary.backtest;

import org.jspecify.annotations.NullMarked;
