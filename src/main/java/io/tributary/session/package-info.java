/** People at a browser: signing in by a link, a key or another provider, and the sessions they then have. */
@NullMarked
package io.tributary.session;

import org.jspecify.annotations.NullMarked;
