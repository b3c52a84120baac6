/**
 * What there is to say of a deal beside its figures: a risk or an opportunity, what to do next, and where it stands among
 * the others. The built-in analyst writes it from recorded facts; a chat model may, and is checked against the same facts.
 */
@NullMarked
package io.tributary.insight;

import org.jspecify.annotations.NullMarked;
