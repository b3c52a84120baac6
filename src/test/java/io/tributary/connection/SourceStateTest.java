package io.tributary.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.testing.LiveClient;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whoever listens is told when a connection begins to fail. */
@WithHub
class SourceStateTest {

    @Test
    void a_connection_that_begins_to_fail_is_told_of_once(Tenant tenant) throws IOException {
        String nobody = "http://localhost:" + TestHub.freePort() + "/hook";
        Map<String, Object> parameters =
                Map.of("url", nobody, "secret", "whsec_dGhlLXNlY3JldC1vZi10aGUtaG9vaw==", "events", "deal.created");
        assertThat(tenant.put("/connections/hook", Map.of("kind", "webhook", "parameters", parameters))
                        .status())
                .isEqualTo(200);
        try (LiveClient client = LiveClient.connect(tenant, "")) {
            tenant.post("/api", Map.of("name", "Deal"));

            JsonNode event = client.await(one -> one.get("type").asText().equals("source.state"));

            assertThat(event.at("/data/connection").asText()).isEqualTo("hook");
            assertThat(event.at("/data/state").asText()).isEqualTo("failing");
            assertThat(event.at("/data/error").asText()).isNotEmpty();
        }
    }
}
