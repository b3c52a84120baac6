package io.tributary.delivery;

import io.tributary.connection.Connection;
import io.tributary.deal.Times;
import io.tributary.json.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An event of the log as CloudEvents 1.0 in JSON, the same as on the live feed. */
final class EventText {
    private EventText() {}

    static String of(
            Connection.Id connection, long sequence, String type, @Nullable UUID subject, Instant at, String data) {
        Map<String, @Nullable Object> event = new LinkedHashMap<>();
        event.put("specversion", "1.0");
        event.put("id", connection.tenant() + "." + connection.workspace() + "." + sequence);
        event.put("type", type);
        event.put("source", "/tenants/" + connection.tenant() + "/workspaces/" + connection.workspace());
        if (subject != null) {
            event.put("subject", subject.toString());
        }
        event.put("time", Times.text(at));
        event.put("datacontenttype", "application/json");
        event.put("sequence", sequence);
        event.put("data", Json.readStored(data));
        return Json.write(event);
    }
}
