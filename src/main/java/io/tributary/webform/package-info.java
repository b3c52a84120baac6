/** Forms on public web pages: what tells a visitor from a machine, how often, from which pages and back to where. */
@NullMarked
package io.tributary.webform;

import org.jspecify.annotations.NullMarked;
