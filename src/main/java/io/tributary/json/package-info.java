/** JSON as it crosses the border: read strictly, written with decimal numbers. */
@NullMarked
package io.tributary.json;

import org.jspecify.annotations.NullMarked;
