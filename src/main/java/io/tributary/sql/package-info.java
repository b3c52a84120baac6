/** The statements in {@code resources/sql}, found by name. */
@NullMarked
package io.tributary.sql;

import org.jspecify.annotations.NullMarked;
