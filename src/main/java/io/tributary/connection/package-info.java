/**
 * Connections to the world outside: mailboxes, portals, organisations and targets of one workspace. What kinds there are,
 * how each is made, kept with its secrets encrypted, started, stopped and told of; and the guarded way out that all use.
 */
@NullMarked
package io.tributary.connection;

import org.jspecify.annotations.NullMarked;
