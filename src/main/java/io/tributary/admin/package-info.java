/** What operators and a tenant's administrators do: tenants, keys, settings. */
@NullMarked
package io.tributary.admin;

import org.jspecify.annotations.NullMarked;
