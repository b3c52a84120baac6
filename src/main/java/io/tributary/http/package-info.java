/** The border to HTTP: who may come in, what a request says, how answers and errors look. */
@NullMarked
package io.tributary.http;

import org.jspecify.annotations.NullMarked;
