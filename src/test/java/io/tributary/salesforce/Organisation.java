package io.tributary.salesforce;

import io.tributary.testing.Caller;
import io.tributary.testing.Reply;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A Salesforce organisation that is connected to a tenant, and sends it outbound messages. */
final class Organisation {
    private final TestHub hub;
    private final String token;

    private Organisation(TestHub hub, String token) {
        this.hub = hub;
        this.token = token;
    }

    /** Connects {@code tenant} to {@code org}; more parameters as names and values in turn. */
    static Organisation connect(TestHub hub, Tenant tenant, FakeOrg org, String... more) {
        org.beforeItCloses(() -> tenant.delete("/connections/org"));
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("org_id", FakeOrg.ID);
        parameters.put("login_url", org.url());
        parameters.put("client_id", "app");
        parameters.put("client_secret", "secret");
        parameters.put("stream", "off");
        parameters.put("poll_seconds", "0");
        for (int i = 0; i < more.length; i += 2) {
            parameters.put(more[i], more[i + 1]);
        }
        Reply reply = tenant.put("/connections/org", Map.of("kind", "salesforce", "parameters", parameters));
        if (reply.status() != 200) {
            throw new IllegalStateException(reply.toString());
        }
        String key = tenant.post("/keys", Map.of("name", "salesforce", "scopes", java.util.List.of("ingest")))
                .textAt("/api_key");
        return new Organisation(hub, key);
    }

    /** Sends a message of these notifications. */
    Reply send(String... notifications) {
        return sendAs(FakeOrg.ID, token, notifications);
    }

    Reply sendAs(String organisation, String withToken, String... notifications) {
        return post(message(organisation, notifications), withToken);
    }

    /** Sends any body. */
    Reply post(String body, String withToken) {
        return new Caller(hub.url(), null)
                .send(
                        "POST",
                        "/salesforce/sync?token=" + withToken,
                        "text/xml; charset=UTF-8",
                        body.getBytes(StandardCharsets.UTF_8));
    }

    String token() {
        return token;
    }

    static String message(String organisation, String... notifications) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"
                 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>
                <notifications xmlns="http://soap.sforce.com/2005/09/outbound"><OrganizationId>%s</OrganizationId>
                <ActionId>04k5w000000TSwMAAW</ActionId><SessionId>never-to-be-kept</SessionId>%s</notifications>
                </soapenv:Body></soapenv:Envelope>
                """.formatted(organisation, String.join("", notifications));
    }

    /** A notification of one record; its fields as names and values in turn. */
    static String notification(String id, String type, String... fields) {
        StringBuilder record = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            record.append("<sf:%s>%s</sf:%s>".formatted(fields[i], fields[i + 1], fields[i]));
        }
        return "<Notification><Id>%s</Id><sObject xsi:type=\"sf:%s\" xmlns:sf=\"urn:sobject.enterprise.soap.sforce.com\">%s</sObject></Notification>"
                .formatted(id, type, record);
    }
}
