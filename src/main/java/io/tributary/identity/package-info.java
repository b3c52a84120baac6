/** When two records are the same deal: match keys from folded names, and external ids in one spelling. */
@NullMarked
package io.tributary.identity;

import org.jspecify.annotations.NullMarked;
