/** What people change of deals and leads that are known: edits, engagements, a lead's status. Each is a command of the funnel. */
@NullMarked
package io.tributary.command;

import org.jspecify.annotations.NullMarked;
