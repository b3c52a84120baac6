package io.tributary.delivery;

import io.tributary.connection.Connection;
import io.tributary.connection.ConnectionFailure;
import io.tributary.connection.ConnectionKind;
import io.tributary.connection.Outward;
import io.tributary.connection.OutwardException;
import io.tributary.connection.OutwardResponse;
import io.tributary.connection.Parameter;
import io.tributary.deal.FieldError;
import io.tributary.json.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Tells a URL of the workspace's events, signed by Standard Webhooks. */
public final class WebhookKind implements ConnectionKind {
    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                // The secret signs and is not sent, so it may go with another URL.
                Parameter.url("url", "Where events are posted").notDestination().must(),
                Parameter.secret("secret", "Signs each post: whsec_ and random bytes in base64")
                        .must(),
                Parameter.text("events", "Types of event, separated by commas; empty: all")
                        .orElse(""));
    }

    @Override
    public Sends sends() {
        return Sends.EVENTS;
    }

    @Override
    public List<FieldError> faults(Map<String, String> parameters) {
        List<FieldError> faults = new ArrayList<>();
        String events = parameters.getOrDefault("events", "");
        EventTypes.fault(events).ifPresent(wrong -> faults.add(new FieldError("parameters.events", events, wrong)));
        Signature.fault(parameters.getOrDefault("secret", ""))
                .ifPresent(wrong -> faults.add(new FieldError("parameters.secret", null, wrong)));
        return faults;
    }

    /** Posts an event of a type of its own, {@code connection.test}, signed like every other. */
    @Override
    public String test(Connection connection, Outward outward) throws ConnectionFailure {
        Instant now = Instant.now();
        String id = "test_" + UUID.randomUUID();
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("specversion", "1.0");
        event.put("id", id);
        event.put("type", "connection.test");
        event.put("source", "tributary");
        event.put("time", now.truncatedTo(ChronoUnit.MILLIS).toString());
        event.put("data", Map.of("connection", connection.name()));
        try {
            OutwardResponse response = outward.http().send(WebhookPost.of(connection, id, Json.write(event), now));
            if (!response.ok()) {
                throw new ConnectionFailure(WebhookPost.refusal(response));
            }
            return "the target took a test event and answered " + response.status();
        } catch (OutwardException e) {
            throw new ConnectionFailure(String.valueOf(e.getMessage()), e);
        }
    }
}
