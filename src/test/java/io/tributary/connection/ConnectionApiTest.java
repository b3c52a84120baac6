package io.tributary.connection;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.tenant.Scope;
import io.tributary.testing.Caller;
import io.tributary.testing.Eventually;
import io.tributary.testing.HubProcess;
import io.tributary.testing.Reply;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

@WithHub
class ConnectionApiTest {
    private static final String SECRET = "whsec_dGhlLXNlY3JldC1vZi10aGUtaG9vaw==";

    private static Map<String, Object> webhook(@Nullable String secret) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("url", "http://127.0.0.1:9/hook");
        parameters.put("events", "deal.merged");
        if (secret != null) {
            parameters.put("secret", secret);
        }
        return Map.of("kind", "webhook", "parameters", parameters);
    }

    private static Map<String, Object> smtp(Map<String, Object> parameters) {
        return Map.of("kind", "smtp", "parameters", parameters);
    }

    @Test
    void a_connection_is_made_shown_changed_and_ended(TestHub hub, Tenant tenant) {
        Reply made = tenant.put("/connections/hook", webhook(SECRET));
        assertThat(made.status()).isEqualTo(200);
        assertThat(made.textAt("/name")).isEqualTo("hook");
        assertThat(made.textAt("/kind")).isEqualTo("webhook");
        assertThat(made.textAt("/state")).isEqualTo("running");
        assertThat(made.at("/last_success").isNull()).isTrue();
        assertThat(made.at("/last_error").isNull()).isTrue();
        assertThat(routes(hub, tenant)).hasSize(1);

        Reply shown = tenant.get("/connections/hook");
        assertThat(shown.textAt("/parameters/url")).isEqualTo("http://127.0.0.1:9/hook");
        assertThat(shown.at("/parameters").has("secret")).isFalse();
        assertThat(shown.at("/secrets").toString()).isEqualTo("[\"secret\"]");
        assertThat(tenant.get("/connections").at("/items/0/name").asText()).isEqualTo("hook");

        assertThat(tenant.delete("/connections/hook").status()).isEqualTo(204);
        assertThat(tenant.get("/connections/hook").status()).isEqualTo(404);
        assertThat(tenant.delete("/connections/hook").status()).isEqualTo(404);
        assertThat(routes(hub, tenant)).isEmpty();
        assertThat(tenant.get("/audit").at("/items"))
                .extracting(entry -> entry.path("action").asText())
                .contains("connection.created", "connection.deleted");
    }

    private static java.util.List<String> routes(TestHub hub, Tenant tenant) {
        return hub.camelContext().getRoutes().stream()
                .map(route -> route.getRouteId())
                .filter(id -> id.contains("." + tenant.id() + ".main.hook"))
                .toList();
    }

    @Test
    void a_secret_is_in_no_answer_and_in_no_table(TestHub hub, Tenant tenant) {
        Reply made = tenant.put("/connections/hook", webhook(SECRET));

        assertThat(made.text()
                        + tenant.get("/connections").text()
                        + tenant.get("/audit").text())
                .doesNotContain("dGhlLXNlY3JldC1vZi10aGUtaG9vaw");
        String row = hub.owner()
                .sql("select cast(c as text) from connection as c where tenant_id = :tenant")
                .param("tenant", tenant.id())
                .query(String.class)
                .single();
        assertThat(row).contains("127.0.0.1:9").contains("v1.").doesNotContain("dGhlLXNlY3JldC1vZi10aGUtaG9vaw");
        assertThat(hub.camelContext()
                        .getCamelContextExtension()
                        .getContextPlugin(org.apache.camel.model.Model.class)
                        .getRouteDefinitions()
                        .toString())
                .doesNotContain("dGhlLXNlY3JldC1vZi10aGUtaG9vaw");
    }

    @Test
    void a_secret_is_in_no_line_of_the_log(Tenant tenant) {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(log);
        try {
            Map<String, Object> parameters = Map.of(
                    "host", "127.0.0.1", "port", 9, "from", "a@example.com", "username", "u", "password", "p4ssw0rd-x");
            tenant.put("/connections/hook", webhook(SECRET));
            tenant.put("/connections/out", smtp(parameters));
            tenant.post("/connections/out/test", smtp(parameters));
            tenant.put("/connections/out", Map.of("kind", "nonsense", "parameters", parameters));
        } finally {
            root.detachAppender(log);
        }

        assertThat(log.list)
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.getFormattedMessage())
                        .doesNotContain("p4ssw0rd-x")
                        .doesNotContain(SECRET));
    }

    @Test
    void one_whose_secrets_cannot_be_read_fails_until_they_are_sent_again(TestHub hub, Tenant tenant) {
        tenant.put("/connections/hook", webhook(SECRET));
        hub.owner().sql("""
                        update connection set revision = gen_random_uuid(),
                            secrets = jsonb_build_object('secret', 'v1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA')
                        where tenant_id = :tenant
                        """).param("tenant", tenant.id()).update();

        Reply shown = tenant.get("/connections/hook");
        assertThat(shown.textAt("/state")).isEqualTo("failing");
        assertThat(shown.textAt("/last_error")).contains("TRIBUTARY_SECRET_KEY");
        assertThat(routes(hub, tenant)).isEmpty();
        assertThat(tenant.send("POST", "/connections/hook/test", null, new byte[0])
                        .status())
                .isEqualTo(409);

        assertThat(tenant.put("/connections/hook", webhook(SECRET)).textAt("/state"))
                .isEqualTo("running");
        assertThat(routes(hub, tenant)).hasSize(1);
    }

    @Test
    void a_secret_left_out_is_kept_and_one_taken_away_is_asked_for(Tenant tenant) {
        tenant.put("/connections/hook", webhook(SECRET));

        assertThat(tenant.put("/connections/hook", webhook(null)).at("/secrets").toString())
                .isEqualTo("[\"secret\"]");

        Map<String, Object> taken = new HashMap<>();
        taken.put("url", "http://127.0.0.1:9/hook");
        taken.put("secret", null);
        Reply refused = tenant.put("/connections/hook", Map.of("kind", "webhook", "parameters", taken));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.textAt("/details/0/field")).isEqualTo("parameters.secret");
    }

    @Test
    void a_password_is_not_handed_to_another_host_than_it_was_given_for(Tenant tenant) {
        Map<String, Object> mine =
                Map.of("host", "localhost", "from", "a@example.com", "username", "u", "password", "p4ssw0rd");
        assertThat(tenant.put("/connections/out", smtp(mine)).status()).isEqualTo(200);
        Map<String, Object> moved = Map.of("host", "127.0.0.1", "from", "a@example.com", "username", "u");

        Reply refused = tenant.put("/connections/out", smtp(moved));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.textAt("/details/0/field")).isEqualTo("parameters.password");
        assertThat(tenant.post("/connections/out/test", smtp(moved)).status()).isEqualTo(422);
    }

    @Test
    void everything_wrong_with_it_is_named_with_the_word_that_was_meant(Tenant tenant) {
        Reply kind = tenant.put("/connections/hook", Map.of("kind", "webhok", "parameters", Map.of()));
        assertThat(kind.status()).isEqualTo(422);
        assertThat(kind.textAt("/details/0/field")).isEqualTo("kind");
        assertThat(kind.textAt("/details/0/error")).contains("\"webhook\"");

        Reply parameters = tenant.put(
                "/connections/hook",
                Map.of("kind", "webhook", "parameters", Map.of("urk", "x", "secret", "?", "events", "deal.create")));
        assertThat(errors(parameters))
                .containsEntry("parameters.urk", "is no parameter of webhook; write \"url\" if that was meant")
                .containsEntry("parameters.url", "is required");

        Reply values = tenant.put(
                "/connections/hook",
                Map.of(
                        "kind",
                        "webhook",
                        "parameters",
                        Map.of("url", "http://x/", "secret", "no base64!", "events", "deal.create")));
        assertThat(errors(values)).containsOnlyKeys("parameters.secret", "parameters.events");
        assertThat(values.text()).contains("\\\"deal.created\\\"").doesNotContain("no base64!");

        for (String url : new String[] {"ftp://x/", "http://u:p@x/", "http://x/{{env:HOME}}", "http:///x", "x"}) {
            Reply refused = tenant.put(
                    "/connections/hook", Map.of("kind", "webhook", "parameters", Map.of("url", url, "secret", SECRET)));
            assertThat(errors(refused)).as(url).containsOnlyKeys("parameters.url");
        }
        assertThat(tenant.put("/connections/a%20b", webhook(SECRET)).textAt("/details/0/field"))
                .isEqualTo("name");
        assertThat(tenant.get("/connections").at("/items")).isEmpty();
    }

    private static Map<String, String> errors(Reply reply) {
        assertThat(reply.status()).isEqualTo(422);
        Map<String, String> errors = new HashMap<>();
        reply.at("/details")
                .forEach(detail -> errors.put(
                        detail.path("field").asText(), detail.path("error").asText()));
        return errors;
    }

    @Test
    void another_workspace_or_tenant_does_not_see_it(TestHub hub, Tenant tenant) {
        tenant.put("/connections/hook", webhook(SECRET));
        Tenant stranger = hub.tenant();
        Caller colleague = tenant.in("emea", EnumSet.allOf(Scope.class));

        for (Caller other : new Caller[] {stranger, colleague}) {
            assertThat(other.get("/connections/hook").status()).isEqualTo(404);
            assertThat(other.delete("/connections/hook").status()).isEqualTo(404);
            assertThat(other.post("/connections/hook/test", Map.of()).status()).isIn(404, 422);
            assertThat(other.get("/connections").at("/items")).isEmpty();
        }
        assertThat(tenant.get("/connections/hook").status()).isEqualTo(200);
    }

    @Test
    void only_an_administrator_may_look_at_or_touch_connections(Tenant tenant) {
        Caller reader = tenant.with(EnumSet.of(Scope.INGEST, Scope.READ, Scope.REVIEW));

        assertThat(reader.put("/connections/hook", webhook(SECRET)).status()).isEqualTo(403);
        assertThat(reader.get("/connections").status()).isEqualTo(403);
        assertThat(reader.post("/connections/hook/test", webhook(SECRET)).status())
                .isEqualTo(403);
    }

    @Test
    void the_kinds_tell_what_each_takes(Tenant tenant) {
        JsonNode kinds = tenant.get("/connection-kinds").at("/items");

        JsonNode smtp = StreamSupport.stream(kinds.spliterator(), false)
                .filter(kind -> kind.path("kind").asText().equals("smtp"))
                .findFirst()
                .orElseThrow();
        JsonNode port = smtp.path("parameters").get(1);
        assertThat(port.path("name").asText()).isEqualTo("port");
        assertThat(port.path("default").asInt()).isEqualTo(587);
        assertThat(smtp.path("parameters").get(4).path("secret").asBoolean()).isTrue();
    }

    @Test
    void what_one_hub_changes_the_other_follows(TestHub hub, Tenant tenant) {
        try (HubProcess second = hub.secondProcess()) {
            Caller there = tenant.at(second.url());
            tenant.put("/connections/hook", webhook(SECRET));
            assertThat(there.get("/connections/hook").status()).isEqualTo(200);

            assertThat(there.delete("/connections/hook").status()).isEqualTo(204);
            Eventually.within(
                    Duration.ofSeconds(5), () -> assertThat(routes(hub, tenant)).isEmpty());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
