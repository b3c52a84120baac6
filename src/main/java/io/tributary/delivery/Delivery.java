package io.tributary.delivery;

import io.tributary.connection.Connection;
import java.time.Instant;
import java.util.UUID;

/**
 * One thing on its way through one connection, claimed by whoever holds it.
 *
 * @param type the event's type, or {@code mail}
 * @param payload what is sent: the event as JSON, or the mail as this package keeps it
 * @param attempts how often it was tried before
 * @param claimedUntil from then on another may claim it
 */
public record Delivery(
        Connection.Id connection, UUID id, String type, String payload, int attempts, Instant claimedUntil) {}
