package io.tributary.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.tenant.Scope;
import io.tributary.testing.Caller;
import io.tributary.testing.LiveClient;
import io.tributary.testing.Reply;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who is let in to the live feed, at the handshake. */
@WithHub
class LiveGateTest {

    @Test
    void a_ticket_is_good_once_and_for_a_minute(TestHub hub, Tenant tenant) {
        Reply first = tenant.post("/live/ticket", Map.of());
        Reply second = tenant.post("/live/ticket", Map.of());
        assertThat(first.at("/expires_in").asInt()).isEqualTo(60);

        LiveClient.connect(hub.url(), null, query(first)).close();

        assertThat(LiveClient.refusal(hub.url(), null, query(first))).isEqualTo(401);
        hub.owner()
                .sql("update live_ticket set expires_at = now() - interval '1 second' where tenant_id = ?")
                .param(tenant.id())
                .update();
        assertThat(LiveClient.refusal(hub.url(), null, query(second))).isEqualTo(401);
    }

    @Test
    void a_ticket_ends_with_the_key_that_asked_for_it(TestHub hub, Tenant tenant) {
        Reply key = tenant.post("/keys", Map.of("name", "screen", "scopes", Set.of("read")));
        Reply ticket = new Caller(hub.url(), key.textAt("/api_key")).post("/live/ticket", Map.of());
        tenant.delete("/keys/" + key.textAt("/key_id"));

        assertThat(LiveClient.refusal(hub.url(), null, query(ticket))).isEqualTo(401);
    }

    @Test
    void a_ticket_is_stored_as_its_hash_alone(TestHub hub, Tenant tenant) {
        String ticket = tenant.post("/live/ticket", Map.of()).textAt("/ticket");

        assertThat(hub.owner()
                        .sql("select t::text from live_ticket as t where tenant_id = ?")
                        .param(tenant.id())
                        .query(String.class)
                        .list())
                .hasSize(1)
                .noneMatch(row -> row.contains(ticket.substring(ticket.indexOf('.') + 1)));
    }

    @Test
    void without_a_good_credential_the_handshake_is_refused(TestHub hub, Tenant tenant) {
        assertThat(LiveClient.refusal(hub.url(), null, "")).isEqualTo(401);
        assertThat(LiveClient.refusal(hub.url(), null, "?ticket=made-up")).isEqualTo(401);
        assertThat(LiveClient.refusal(hub.url(), null, "?ticket=" + tenant.id() + ".made-up"))
                .isEqualTo(401);
        assertThat(LiveClient.refusal(hub.url(), "made-up", "")).isEqualTo(401);
        assertThat(LiveClient.refusal(
                        hub.url(), tenant.with(Set.of(Scope.INGEST)).key(), ""))
                .isEqualTo(403);
        assertThat(tenant.with(Set.of(Scope.INGEST))
                        .post("/live/ticket", Map.of())
                        .status())
                .isEqualTo(403);
    }

    @Test
    void a_query_that_names_another_tenant_or_makes_no_sense_is_refused(TestHub hub, Tenant tenant) {
        assertThat(LiveClient.refusal(hub.url(), tenant.key(), "?tenant_id=other"))
                .isEqualTo(403);
        assertThat(LiveClient.refusal(hub.url(), tenant.key(), "?workspace_id=other"))
                .isEqualTo(403);
        assertThat(LiveClient.refusal(hub.url(), tenant.key(), "?since=yesterday"))
                .isEqualTo(422);
    }

    @Test
    void a_page_of_another_origin_may_not_connect(TestHub hub, Tenant tenant) {
        assertThat(LiveClient.refusal(hub.url(), tenant.key(), "", "Origin", "https://elsewhere.example"))
                .isEqualTo(403);
        LiveClient.connect(hub.url(), tenant.key(), "", "Origin", hub.url()).close();
    }

    @Test
    void whoever_comes_without_a_handshake_is_told_what_this_is(Tenant tenant) {
        Reply reply = tenant.get("/ws/deals");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.textAt("/error")).contains("WebSocket");
    }

    private static String query(Reply ticket) {
        return "?ticket=" + ticket.textAt("/ticket");
    }
}
