/** What a request comes to: an answer, or a refusal in the one error format. */
@NullMarked
package io.tributary.answer;

import org.jspecify.annotations.NullMarked;
