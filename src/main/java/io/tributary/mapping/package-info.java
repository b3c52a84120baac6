/**
 * Turns the records of any source into deals, as the source's mapping file says: which name feeds which field, how its
 * values are read, what stands in where nothing is said. Pure values, no Camel, no database.
 */
@NullMarked
package io.tributary.mapping;

import org.jspecify.annotations.NullMarked;
