package io.tributary.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.tenant.Scope;
import io.tributary.testing.Reply;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An account is connected in a browser: out to HubSpot, back with a code, and a refresh token is kept. */
@WithHub
class AuthoriseTest {
    private final FakeHubSpot hubSpot;

    AuthoriseTest() throws IOException {
        hubSpot = new FakeHubSpot();
    }

    @AfterEach
    void close() {
        hubSpot.close();
    }

    private Portal unconnected(TestHub hub, Tenant tenant) {
        return Portal.connect(hub, tenant, hubSpot, "client_id", "app-1", "access_token", "pat-old");
    }

    private static Map<String, String> query(String url) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : URI.create(url).getRawQuery().split("&", -1)) {
            int equals = pair.indexOf('=');
            query.put(pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return query;
    }

    /** As a browser comes back: without a key. */
    private static HttpResponse<String> back(TestHub hub, String query) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(hub.url() + "/api/sales/deals/connection-callback?" + query))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void a_code_becomes_a_refresh_token_that_is_never_read_back(TestHub hub, Tenant tenant) throws Exception {
        unconnected(hub, tenant);

        Reply begun = tenant.post("/connections/portal/authorise", Map.of());
        assertThat(begun.status()).as(begun.text()).isEqualTo(200);
        String url = begun.textAt("/url");
        assertThat(url).startsWith(hubSpot.url() + "/oauth/authorize?");
        Map<String, String> asked = query(url);
        assertThat(asked)
                .containsEntry("client_id", "app-1")
                .containsEntry("response_type", "code")
                .hasEntrySatisfying("scope", scope -> assertThat(scope).contains("crm.objects.deals.read"))
                .hasEntrySatisfying(
                        "redirect_uri", back -> assertThat(back).endsWith("/api/sales/deals/connection-callback"));

        HttpResponse<String> back = back(hub, "code=abc&state=" + asked.get("state"));

        assertThat(back.statusCode()).isEqualTo(303);
        assertThat(back.headers().firstValue("Location").orElse(""))
                .endsWith("/sources?connection=portal&authorisation=connected");
        assertThat(hubSpot.forms().get(0))
                .contains("grant_type=authorization_code", "code=abc", "client_secret=secret-of-");
        Reply shown = tenant.get("/connections/portal");
        assertThat(shown.text()).contains("refresh_token").doesNotContain("again", "pat-old");
        assertThat(shown.at("/secrets").toString()).contains("refresh_token").doesNotContain("access_token");
        assertThat(tenant.send("POST", "/connections/portal/test", null, new byte[0])
                        .at("/ok")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void a_state_that_the_hub_did_not_give_lets_nobody_in(TestHub hub, Tenant tenant) throws Exception {
        unconnected(hub, tenant);
        String state = query(
                        tenant.post("/connections/portal/authorise", Map.of()).textAt("/url"))
                .get("state");

        assertThat(back(hub, "code=abc&state=" + state.substring(0, state.length() - 2) + "xx")
                        .statusCode())
                .isEqualTo(401);
        assertThat(back(hub, "code=abc").statusCode()).isEqualTo(401);
        assertThat(back(hub, "error=access_denied&state=" + state)
                        .headers()
                        .firstValue("Location")
                        .orElse(""))
                .endsWith("authorisation=refused");
        assertThat(hubSpot.forms()).isEmpty();
    }

    @Test
    void only_who_may_change_connections_may_begin_and_only_where_it_makes_sense(TestHub hub, Tenant tenant) {
        Portal.connect(hub, tenant, hubSpot);

        assertThat(tenant.with(EnumSet.of(Scope.READ))
                        .post("/connections/portal/authorise", Map.of())
                        .status())
                .isEqualTo(403);
        assertThat(tenant.post("/connections/portal/authorise", Map.of()).status())
                .as("without a client_id")
                .isEqualTo(422);
        assertThat(tenant.post("/connections/other/authorise", Map.of()).status())
                .isEqualTo(404);
    }
}
