/**
 * What others know of a lead's company: asked over HTTP of whoever a connection of the kind {@code enricher} names, and
 * filled in where nothing was given.
 */
@NullMarked
package io.tributary.enrichment;

import org.jspecify.annotations.NullMarked;
