/** What is particular to HubSpot: how its webhooks are signed and what their events say. Pure. */
@NullMarked
package io.tributary.hubspot;

import org.jspecify.annotations.NullMarked;
