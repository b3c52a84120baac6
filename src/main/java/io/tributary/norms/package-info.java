/** What is usual in each workspace, measured from its own deals and remembered, and scores explained by it. */
@NullMarked
package io.tributary.norms;

import org.jspecify.annotations.NullMarked;
