/** Tributary: every deal and lead, from every source, in one clean pipeline. */
@NullMarked
package io.tributary;

import org.jspecify.annotations.NullMarked;
