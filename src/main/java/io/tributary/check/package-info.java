/**
 * Checks route, mapping and connection files before they are loaded: behind {@code ./run check}, the tests, and the
 * live reload of an integration team's own files. Starts nothing.
 */
@NullMarked
package io.tributary.check;

import org.jspecify.annotations.NullMarked;
