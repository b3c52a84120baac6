package io.tributary.hubspot;

import io.tributary.json.Json;
import io.tributary.testing.Caller;
import io.tributary.testing.Reply;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A HubSpot account that is connected to a tenant, and tells of what happens in it. */
final class Portal {
    static final String ID = "62515";
    private static final AtomicLong EVENTS = new AtomicLong();

    private final TestHub hub;
    private final Tenant tenant;
    private final String secret = "secret-of-" + System.nanoTime();

    private Portal(TestHub hub, Tenant tenant) {
        this.hub = hub;
        this.tenant = tenant;
    }

    /** Connects {@code tenant} to {@code hubSpot}; more parameters as names and values in turn. */
    static Portal connect(TestHub hub, Tenant tenant, FakeHubSpot hubSpot, String... more) {
        Portal portal = new Portal(hub, tenant);
        hubSpot.beforeItCloses(() -> tenant.delete("/connections/portal"));
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("client_secret", portal.secret);
        parameters.put("access_token", "pat-test");
        parameters.put("portal_id", ID);
        parameters.put("base_url", hubSpot.url());
        parameters.put("poll_seconds", "0");
        for (int i = 0; i < more.length; i += 2) {
            if (more[i + 1].isEmpty()) {
                parameters.remove(more[i]);
            } else {
                parameters.put(more[i], more[i + 1]);
            }
        }
        Reply reply = tenant.put("/connections/portal", Map.of("kind", "hubspot", "parameters", parameters));
        if (reply.status() != 200) {
            throw new IllegalStateException(reply.toString());
        }
        return portal;
    }

    /** An event of a deal, as HubSpot writes it. */
    static Map<String, Object> event(String type, long object, Instant at) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("eventId", EVENTS.incrementAndGet());
        event.put("subscriptionId", 92894);
        event.put("portalId", Long.parseLong(ID));
        event.put("appId", 186886);
        event.put("occurredAt", at.toEpochMilli());
        event.put("subscriptionType", type);
        event.put("attemptNumber", 0);
        event.put("objectId", object);
        event.put("changeSource", "CRM_UI");
        return event;
    }

    /** Delivers events, signed as HubSpot signs. */
    Reply deliver(List<Map<String, Object>> events) {
        return deliver(Json.writeBytes(events), secret, Instant.now(), address());
    }

    /** Delivers any bytes, signed with any secret at any time for any address. */
    Reply deliver(byte[] body, String with, Instant at, String signedAddress) {
        String timestamp = Long.toString(at.toEpochMilli());
        return new Caller(hub.url(), null)
                .send(
                        "POST",
                        path(),
                        "application/json",
                        body,
                        "X-HubSpot-Signature-v3",
                        sign(with, "POST" + signedAddress, body, timestamp),
                        "X-HubSpot-Request-Timestamp",
                        timestamp);
    }

    String secret() {
        return secret;
    }

    String path() {
        return "/hubspot/sync?tenant_id=" + tenant.id() + "&workspace_id=main";
    }

    /** The address as HubSpot knows it: what the hub calls itself, and the path. */
    String address() {
        return hub.url() + Caller.BASE + path();
    }

    private static String sign(String secret, String start, byte[] body, String end) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update(start.getBytes(StandardCharsets.UTF_8));
            mac.update(body);
            mac.update(end.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
