/** The records that could not be taken: listed, given back as a table, tried again with corrections, dismissed. */
@NullMarked
package io.tributary.quarantine;

import org.jspecify.annotations.NullMarked;
