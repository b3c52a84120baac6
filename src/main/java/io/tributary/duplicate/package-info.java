/** Deals that may be the same one: how they are found, and the pairs that a person decides on. */
@NullMarked
package io.tributary.duplicate;

import org.jspecify.annotations.NullMarked;
