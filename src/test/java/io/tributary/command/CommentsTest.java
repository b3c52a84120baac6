package io.tributary.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.tenant.Scope;
import io.tributary.testing.Eventually;
import io.tributary.testing.Reply;
import io.tributary.testing.Target;
import io.tributary.testing.Tenant;
import io.tributary.testing.WithHub;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people say of a deal, and who looks after it. */
@WithHub
class CommentsTest {
    private static String deal(Tenant tenant, String name) {
        return "/" + tenant.post("/api", Map.of("name", name)).textAt("/deal/id");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@ann please call|ann",
                "Ask @ann.bell, or @Bob.|ann.bell,Bob",
                "(@ann) and @ANN again|ann",
                "@Zoë and @陳|Zoë,陳",
                "write to ann@orchard.example|''",
                "@ nobody, @@nobody|''"
            })
    void mentions_are_names_behind_an_at_sign(String text, String names) {
        assertThat(String.join(",", Mentions.in(text))).isEqualTo(names);
    }

    @Test
    void a_comment_is_in_the_list_the_activity_and_the_log(Tenant tenant, Tenant other) {
        String deal = deal(tenant, "Fleet");
        Object updated = tenant.get(deal).textAt("/deal/updated_at");
        Reply said =
                tenant.post(deal + "/comments", Map.of("text", "@ann please call\nthem"), "Idempotency-Key", "once");
        Reply again =
                tenant.post(deal + "/comments", Map.of("text", "@ann please call\nthem"), "Idempotency-Key", "once");

        assertThat(said.status()).as(said.toString()).isEqualTo(201);
        assertThat(said.textAt("/comment/mentions/0")).isEqualTo("ann");
        assertThat(again.text()).isEqualTo(said.text());
        Reply list = tenant.get(deal + "/comments");
        assertThat(list.at("/items")).hasSize(1);
        assertThat(list.at("/items/0")).isEqualTo(said.at("/comment"));
        assertThat(tenant.get(deal + "/activities").at("/items"))
                .anySatisfy(
                        activity -> assertThat(activity.get("text").asText()).isEqualTo("@ann please call\nthem"));
        assertThat(tenant.get(deal).textAt("/deal/updated_at")).isEqualTo(updated);
        assertThat(other.get(deal + "/comments").status()).isEqualTo(404);
        assertThat(other.post(deal + "/comments", Map.of("text", "x")).status()).isEqualTo(404);
        assertThat(tenant.with(EnumSet.of(Scope.READ))
                        .post(deal + "/comments", Map.of("text", "x"))
                        .status())
                .isEqualTo(403);
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of(),
                Map.of("text", "  "),
                Map.of("text", 5),
                Map.of("text", "a\0b"),
                Map.of("text", "a", "at", "b"))) {
            assertThat(tenant.post(deal + "/comments", wrong).status())
                    .as(wrong.toString())
                    .isEqualTo(422);
        }
    }

    @Test
    void the_live_feed_and_webhooks_tell_of_it(Tenant tenant) {
        try (Target target = Target.answering(204)) {
            tenant.put(
                    "/connections/hook",
                    Map.of(
                            "kind",
                            "webhook",
                            "parameters",
                            Map.of(
                                    "url",
                                    target.url(),
                                    "secret",
                                    "whsec_dGhlLXNlY3JldC1vZi10aGUtaG9vaw==",
                                    "events",
                                    "deal.commented")));
            tenant.post(deal(tenant, "Fleet") + "/comments", Map.of("text", "Hello @bob"));

            Eventually.within(
                    Duration.ofSeconds(20), () -> assertThat(target.received()).hasSize(1));
            assertThat(target.received().get(0).json().at("/data/mentions/0").asText())
                    .isEqualTo("bob");
        }
    }

    @Test
    void comments_follow_a_merge_and_come_apart_with_it(Tenant tenant) {
        String kept = deal(tenant, "Fleet");
        String merged = deal(tenant, "Fleet renewal");
        tenant.post(kept + "/comments", Map.of("text", "of the kept"));
        tenant.post(merged + "/comments", Map.of("text", "of the merged"));
        Reply pair = tenant.post("/duplicates", Map.of("deals", List.of(kept.substring(1), merged.substring(1))));
        Reply merge = tenant.post(
                "/duplicates/" + pair.textAt("/duplicate/id") + "/merge", Map.of("keep", kept.substring(1)));

        assertThat(merge.status()).as(pair + " " + merge).isEqualTo(200);
        assertThat(tenant.get(kept + "/comments").at("/items")).hasSize(2);
        tenant.post("/merges/" + merge.textAt("/merge_id") + "/undo", Map.of());

        assertThat(tenant.get(kept + "/comments").at("/items")).hasSize(1);
        assertThat(tenant.get(merged + "/comments").at("/items")).hasSize(1);
    }

    @Test
    void an_owner_is_set_by_hand_alone_and_outlives_what_sources_send(Tenant tenant) {
        Map<String, Object> sent = Map.of("name", "Fleet", "external_id", "f-1", "value", 5, "owner", "Sent along");
        Reply taken = tenant.post("/api", sent);
        String deal = "/" + taken.textAt("/deal/id");
        assertThat(taken.at("/deal/owner").isNull()).isTrue();
        assertThat(taken.textAt("/deal/source_metadata/owner")).isEqualTo("Sent along");

        Reply set = tenant.patch(deal, Map.of("owner", " ann@orchard.example "));
        assertThat(set.textAt("/deal/owner")).isEqualTo("ann@orchard.example");
        assertThat(set.textAt("/action")).isEqualTo("updated");
        tenant.post("/api", Map.of("name", "Fleet", "external_id", "f-1", "value", 6));

        Reply now = tenant.get(deal);
        assertThat(now.textAt("/deal/owner")).isEqualTo("ann@orchard.example");
        assertThat(now.at("/deal/value").asInt()).isEqualTo(6);
        assertThat(tenant.get(deal + "/activities").at("/items"))
                .anySatisfy(activity ->
                        assertThat(activity.get("text").asText()).isEqualTo("ann@orchard.example looks after it"));
        assertThat(tenant.patch(deal, Map.of("owner", "ann@orchard.example")).textAt("/action"))
                .isEqualTo("unchanged");
        assertThat(tenant.patch(deal, Map.of("owner", 5)).status()).isEqualTo(422);
        assertThat(tenant.patch(deal, Map.of("owner", "x".repeat(201))).status())
                .isEqualTo(422);
        Map<String, Object> nobody = new HashMap<>();
        nobody.put("owner", null);
        assertThat(tenant.patch(deal, nobody).at("/deal/owner").isNull()).isTrue();
    }
}
