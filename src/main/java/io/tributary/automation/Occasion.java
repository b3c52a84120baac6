package io.tributary.automation;

import io.tributary.tenant.WorkspaceId;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that an automation may fire for.
 *
 * @param type the type of the event it is, {@code timer}, or {@code overdue}
 * @param crossing names it among all that can happen to the deal: an automation fires once for each
 * @param at when it happened
 * @param data what the event tells, or what is known of the deal
 */
public record Occasion(
        WorkspaceId workspace,
        UUID deal,
        String type,
        String crossing,
        Instant at,
        Map<String, @Nullable Object> data) {}
