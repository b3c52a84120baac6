/** What is particular to HubSpot: its webhooks, its API, and the work that turns its events into deals. */
@NullMarked
package io.tributary.hubspot;

import org.jspecify.annotations.NullMarked;
