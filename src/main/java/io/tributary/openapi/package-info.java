/** The description of the API, kept in files by area and held against the running routes, and the page that shows it. */
@NullMarked
package io.tributary.openapi;

import org.jspecify.annotations.NullMarked;
