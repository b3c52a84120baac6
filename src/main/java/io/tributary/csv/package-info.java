/**
 * Turns a delimited text file, of whatever encoding and dialect, into a header and a stream of rows, and writes CSV
 * that a spreadsheet cannot run. Knows nothing of deals.
 */
@NullMarked
package io.tributary.csv;

import org.jspecify.annotations.NullMarked;
