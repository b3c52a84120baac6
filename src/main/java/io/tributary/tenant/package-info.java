/** Who calls and for whom: tenants, workspaces, keys, scopes, settings and the audit log. */
@NullMarked
package io.tributary.tenant;

import org.jspecify.annotations.NullMarked;
