package io.tributary.event;

import io.tributary.json.Json;
import io.tributary.tenant.WorkspaceId;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a workspace's event log.
 *
 * @param sequence its number; the next event of the workspace has the next one
 * @param type what happened, as {@code deal.created}
 * @param subject the deal it happened to; null when it is about none in particular
 * @param data what there is to tell, as JSON text; null when the reader did not ask for events of this type
 */
public record Event(
        WorkspaceId workspace,
        long sequence,
        String type,
        @Nullable UUID subject,
        Instant at,
        @Nullable String data) {

    /** Whether this is of a type that the reader asked for. */
    public boolean isWanted() {
        return data != null;
    }

    /** What there is to tell, by name. */
    public Map<String, @Nullable Object> dataObject() {
        return data == null ? Map.of() : Json.readObject(data);
    }
}
