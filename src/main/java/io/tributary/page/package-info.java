/** The pages a person sees: which files a browser may have, how they are sent, and what they may do there. */
@NullMarked
package io.tributary.page;

import org.jspecify.annotations.NullMarked;
