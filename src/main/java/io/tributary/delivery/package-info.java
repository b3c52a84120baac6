/**
 * What leaves the hub by itself: events to webhooks and mails through SMTP, each kept in the table {@code delivery} until
 * it has arrived, tried again with back-off for a day, and then a dead letter that can be replayed.
 */
@NullMarked
package io.tributary.delivery;

import org.jspecify.annotations.NullMarked;
