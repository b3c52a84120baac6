/** The live feed: sockets that are sent what happens in their workspace, from the event log. */
@NullMarked
package io.tributary.live;

import org.jspecify.annotations.NullMarked;
