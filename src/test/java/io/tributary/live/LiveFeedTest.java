package io.tributary.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.tenant.Scope;
import io.tributary.testing.Caller;
import io.tributary.testing.Crowd;
import io.tributary.testing.Eventually;
import io.tributary.testing.HubProcess;
import io.tributary.testing.LiveClient;
import io.tributary.testing.Reply;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a client of the live feed sees, over real sockets. */
@WithHub
class LiveFeedTest {

    @Test
    void a_deal_posted_by_one_is_seen_by_another(Tenant tenant) {
        try (LiveClient client = LiveClient.connect(tenant, "")) {
            Reply deal = tenant.post("/api", Map.of("name", "Fleet renewal", "company", "Orchard", "value", 75000));

            JsonNode event = client.await(ofType("deal.created"));

            assertThat(event.get("specversion").asText()).isEqualTo("1.0");
            assertThat(event.get("id").asText())
                    .isEqualTo(tenant.id() + ".main." + event.get("sequence").asLong());
            assertThat(event.get("source").asText()).isEqualTo("/tenants/" + tenant.id() + "/workspaces/main");
            assertThat(event.get("subject").asText()).isEqualTo(deal.textAt("/deal/id"));
            assertThat(event.get("time").asText()).isEqualTo(deal.textAt("/deal/created_at"));
            assertThat(event.at("/data/name").asText()).isEqualTo("Fleet renewal");
            assertThat(event.at("/data/value").decimalValue()).isEqualByComparingTo("75000");
        }
    }

    @Test
    void every_type_that_a_batch_brings_is_sent_in_order(Tenant tenant) {
        tenant.post("/api", Map.of("name", "First", "external_id", "x-1", "value", 1));
        try (LiveClient client = LiveClient.connect(tenant, "?since=0")) {
            tenant.post("/api", Map.of("name", "First", "external_id", "x-1", "value", 90000, "probability", 10));
            tenant.post("/api", Map.of("name", "Second", "value", "about 3 or 4"));

            JsonNode rejected = client.await(ofType("record.rejected"));

            assertThat(client.events())
                    .extracting(event -> event.get("type").asText())
                    .contains("deal.created", "metrics.updated", "deal.updated", "deal.scored", "record.rejected");
            // Insights follow when they are there.
            assertThat(client.sequences())
                    .startsWith(numbers(1, rejected.get("sequence").asLong()).toArray(Long[]::new));
        }
    }

    @Test
    void a_client_that_was_away_for_a_thousand_events_goes_on_without_a_gap(Tenant tenant) {
        long known;
        try (LiveClient client = LiveClient.connect(tenant, "")) {
            tenant.post("/api", Map.of("name", "Before"));
            known = client.await(ofType("metrics.updated")).get("sequence").asLong();
        }
        tenant.post("/bulk", deals(1100));

        try (LiveClient back = LiveClient.connect(tenant, "?since=" + known)) {
            tenant.post("/api", Map.of("name", "After"));
            long last = back.await(named("After")).get("sequence").asLong();

            assertThat(last).isGreaterThan(known + 1100);
            assertThat(back.sequences()).startsWith(known + 1);
            assertThat(back.sequences().subList(0, (int) (last - known))).isEqualTo(numbers(known + 1, last));
        }
    }

    @Test
    void clients_that_connect_while_events_come_miss_none(Tenant tenant) {
        int clients = 20;
        List<LiveClient> connected = Crowd.of(clients * 2, i -> {
            if (i % 2 == 0) {
                return LiveClient.connect(tenant, "?since=0");
            }
            for (int j = 0; j < 10; j++) {
                tenant.post("/api", Map.of("name", "Deal " + i + "-" + j));
            }
            return null;
        });
        tenant.post("/api", Map.of("name", "Last"));

        connected.stream().filter(client -> client != null).forEach(client -> {
            try (client) {
                long last = client.await(named("Last")).get("sequence").asLong();
                assertThat(client.sequences()).startsWith(numbers(1, last).toArray(Long[]::new));
            }
        });
    }

    @Test
    void nobody_sees_another_workspace(TestHub hub, Tenant tenant, Tenant other) {
        Caller secondWorkspace = tenant.in("second", EnumSet.of(Scope.INGEST, Scope.READ));
        try (LiveClient client = LiveClient.connect(tenant, "?since=0");
                LiveClient second = LiveClient.connect(secondWorkspace, "?since=0")) {
            other.post("/api", Map.of("name", "Of another tenant"));
            secondWorkspace.post("/api", Map.of("name", "Of another workspace"));
            tenant.post("/api", Map.of("name", "Own"));

            client.await(named("Own"));
            second.await(named("Of another workspace"));
            assertThat(client.events())
                    .allSatisfy(event -> assertThat(event.get("source").asText())
                            .isEqualTo("/tenants/" + tenant.id() + "/workspaces/main"));
            assertThat(second.events())
                    .allSatisfy(event -> assertThat(event.get("source").asText())
                            .isEqualTo("/tenants/" + tenant.id() + "/workspaces/second"));
        }
    }

    @Test
    void three_hundred_sockets_are_sent_the_same(Tenant tenant) {
        List<LiveClient> clients = Crowd.of(300, 30, i -> LiveClient.connect(tenant, ""));
        try {
            tenant.post("/bulk", deals(20));
            tenant.post("/api", Map.of("name", "Last"));

            List<Long> sequences = null;
            for (LiveClient client : clients) {
                long last = client.await(named("Last")).get("sequence").asLong();
                List<Long> sent = client.sequences().stream()
                        .filter(sequence -> sequence <= last)
                        .toList();
                assertThat(sent).isEqualTo(sequences == null ? numbers(1, last) : sequences);
                sequences = sent;
            }
        } finally {
            clients.forEach(LiveClient::close);
        }
    }

    @Test
    void a_client_that_stops_reading_holds_up_neither_the_others_nor_the_funnel(Tenant tenant) throws IOException {
        try (StalledClient stalled = StalledClient.connect(tenant);
                LiveClient client = LiveClient.connect(tenant, "")) {
            // Far more than the sockets' buffers between the hub and a client hold.
            for (int i = 0; i < 6; i++) {
                assertThat(tenant.post("/bulk", deals(2000, "x".repeat(400) + i))
                                .status())
                        .isEqualTo(200);
            }
            tenant.post("/api", Map.of("name", "Last"));

            long last = client.await(named("Last")).get("sequence").asLong();
            assertThat(client.sequences()).startsWith(numbers(1, last).toArray(Long[]::new));

            // And when it reads again, it is sent all that it left.
            assertThat(stalled.readUpTo(last)).isEqualTo(numbers(1, last));
        }
    }

    @Test
    void what_another_hub_commits_is_seen_here(TestHub hub, Tenant tenant) throws IOException {
        try (HubProcess other = hub.secondProcess();
                LiveClient here = LiveClient.connect(tenant, "");
                LiveClient there = LiveClient.connect(other.url(), null, ticketOf(tenant))) {
            tenant.at(other.url()).post("/api", Map.of("name", "Posted there"));
            tenant.post("/api", Map.of("name", "Posted here"));

            assertThat(here.await(named("Posted there")).get("id"))
                    .isEqualTo(there.await(named("Posted there")).get("id"));
            assertThat(here.await(named("Posted here")).get("id"))
                    .isEqualTo(there.await(named("Posted here")).get("id"));
        }
    }

    @Test
    void what_is_older_than_seven_days_closes_the_socket(TestHub hub, Tenant tenant) {
        tenant.post("/api", Map.of("name", "Old"));
        // The funnel's two, and the insights on it a little later.
        Eventually.becomesTrue(
                Duration.ofSeconds(10),
                () -> hub.owner()
                                .sql("select count(*) from event where tenant_id = ?")
                                .param(tenant.id())
                                .query(Integer.class)
                                .single()
                        == 3);
        hub.owner()
                .sql("update event set at = at - interval '8 days' where tenant_id = ?")
                .param(tenant.id())
                .update();
        tenant.post("/api", Map.of("name", "New"));

        try (LiveClient late = LiveClient.connect(tenant, "?since=0");
                LiveClient inTime = LiveClient.connect(tenant, "?since=3")) {
            assertThat(late.closeCode()).isEqualTo(4410);
            assertThat(late.events()).isEmpty();
            assertThat(inTime.await(named("New")).get("sequence").asLong()).isEqualTo(4);
        }
    }

    @Test
    void a_socket_is_closed_when_its_key_ends(TestHub hub, Tenant tenant) {
        Reply key = tenant.post("/keys", Map.of("name", "screen", "scopes", List.of("read")));
        try (LiveClient client = LiveClient.connect(tenant.url(), key.textAt("/api_key"), "")) {
            tenant.delete("/keys/" + key.textAt("/key_id"));
            LiveFeed feed = hub.camelContext().getRegistry().findSingleByType(LiveFeed.class);
            Eventually.becomesTrue(Duration.ofSeconds(10), () -> {
                feed.lookAfter();
                return client.isClosed();
            });
            assertThat(client.closeCode()).isEqualTo(4401);
        }
    }

    private static String ticketOf(Tenant tenant) {
        return "?ticket=" + tenant.post("/live/ticket", Map.of()).textAt("/ticket");
    }

    private static Predicate<JsonNode> ofType(String type) {
        return event -> event.get("type").asText().equals(type);
    }

    private static Predicate<JsonNode> named(String name) {
        return event -> event.at("/data/name").asText().equals(name);
    }

    private static List<Long> numbers(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    private static Map<String, Object> deals(int number) {
        return deals(number, "Deal");
    }

    private static Map<String, Object> deals(int number, String name) {
        return Map.of(
                "deals",
                IntStream.range(0, number)
                        .mapToObj(i -> Map.of("name", name + " " + i, "value", i))
                        .toList());
    }
}
