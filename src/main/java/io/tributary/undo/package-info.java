/** What can be taken back: merges of two deals come apart again, imports are rolled back. */
@NullMarked
package io.tributary.undo;

import org.jspecify.annotations.NullMarked;
