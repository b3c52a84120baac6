/**
 * What happens by itself after the commit: automations, which are routes that read the event log, timers or the calendar
 * and fire once for each crossing, and the tasks they leave to people.
 */
@NullMarked
package io.tributary.automation;

import org.jspecify.annotations.NullMarked;
