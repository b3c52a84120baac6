package io.tributary.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.tenant.Scope;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Signing in by another provider: who gets in, and who does not. */
@WithHub
class OidcTest {
    private static final HttpClient BROWSER = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private final Vertx vertx = Vertx.vertx();
    private FakeProvider provider;
    private String url;
    private Sessions sessions;
    private SessionCookie cookie;

    @BeforeEach
    void open(TestHub hub, Tenant tenant) throws Exception {
        provider = FakeProvider.start(vertx);
        int port = TestHub.freePort();
        url = "http://localhost:" + port;
        sessions = new Sessions(hub.tenantDatabase(), () -> "tses_" + UUID.randomUUID());
        cookie = new SessionCookie(url);
        OidcSettings settings = new OidcSettings(
                provider.issuer(),
                "hub",
                "secret",
                "Example Login",
                "groups",
                OidcSettings.grants("sales=" + tenant.id() + "/main:ingest+read; ops=" + tenant.id() + "/main:admin"));
        Router router = Router.router(vertx);
        new OidcDoor(
                        settings,
                        url,
                        sessions,
                        cookie,
                        new OidcAttempts(() -> UUID.randomUUID() + "-" + UUID.randomUUID(), Clock.systemUTC()))
                .accept(router);
        vertx.createHttpServer()
                .requestHandler(router)
                .listen(port)
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void groups_say_where_a_person_may_go_and_what_they_may_do(Tenant other) throws Exception {
        provider.signsIn("lena@example.com", List.of("sales", "ops", "staff"));

        HttpResponse<String> back = signIn();

        assertThat(location(back)).isEqualTo("/");
        var caller = sessions.find(sessionOf(back)).orElseThrow();
        assertThat(caller.scopes()).containsExactlyInAnyOrder(Scope.INGEST, Scope.READ, Scope.ADMIN);
        assertThat(caller.actor()).isEqualTo("person:lena@example.com");
        assertThat(caller.workspace().tenant()).isNotEqualTo(other.id());
    }

    @Test
    void somebody_in_no_group_is_turned_away() throws Exception {
        provider.signsIn("guest@example.com", List.of("guests"));

        HttpResponse<String> back = signIn();

        assertThat(location(back)).isEqualTo("/?sign_in=no_group");
        assertThat(sessionOf(back)).isNull();
    }

    @Test
    void a_token_for_somebody_else_or_signed_by_somebody_else_is_refused() throws Exception {
        provider.signsIn("lena@example.com", List.of("sales"));
        provider.claims().put("aud", "another-client");
        assertThat(location(signIn())).isEqualTo("/?sign_in=sign_in_refused");

        provider.signsIn("lena@example.com", List.of("sales"));
        provider.claims().put("iss", "https://elsewhere.example");
        assertThat(location(signIn())).isEqualTo("/?sign_in=sign_in_refused");

        provider.signsIn("lena@example.com", List.of("sales"));
        provider.claims().put("nonce", "of another sign-in");
        assertThat(location(signIn())).isEqualTo("/?sign_in=sign_in_refused");

        provider.signsIn("lena@example.com", List.of("sales"));
        provider.claims().put("exp", 1_000_000_000);
        assertThat(location(signIn())).isEqualTo("/?sign_in=sign_in_refused");

        provider.signsIn("lena@example.com", List.of("sales"));
        provider.signsWithAnotherKey();
        assertThat(location(signIn())).isEqualTo("/?sign_in=sign_in_refused");
    }

    @Test
    void what_another_browser_began_or_what_came_back_already_is_refused() throws Exception {
        provider.signsIn("lena@example.com", List.of("sales"));
        HttpResponse<String> start = get("/session/oidc", null);
        String back = provider.consent(location(start));

        assertThat(location(get(back, "tributary_oidc=another"))).isEqualTo("/?sign_in=sign_in_broken_off");
        assertThat(location(get(back, cookies(start)))).isEqualTo("/?sign_in=sign_in_broken_off");
    }

    @Test
    void the_code_is_of_use_to_whoever_began_alone() throws Exception {
        provider.signsIn("lena@example.com", List.of("sales"));
        HttpResponse<String> start = get("/session/oidc", null);

        Map<String, String> asked = FakeProvider.query(location(start));

        assertThat(asked)
                .containsEntry("code_challenge_method", "S256")
                .containsKeys("code_challenge", "nonce", "state");
        assertThat(location(get(provider.consent(location(start)), cookies(start))))
                .isEqualTo("/");
        assertThat(provider.provedVerifier()).isTrue();
    }

    private HttpResponse<String> signIn() throws Exception {
        HttpResponse<String> start = get("/session/oidc", null);
        return get(provider.consent(location(start)), cookies(start));
    }

    private HttpResponse<String> get(String place, String cookies) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(place.startsWith("/") ? url + place : place));
        if (cookies != null) {
            request.header("Cookie", cookies);
        }
        return BROWSER.send(request.build(), BodyHandlers.ofString());
    }

    private static String location(HttpResponse<String> response) {
        return response.headers().firstValue("Location").orElseThrow();
    }

    private static String cookies(HttpResponse<String> response) {
        return response.headers().allValues("Set-Cookie").stream()
                .map(set -> set.substring(0, set.indexOf(';')))
                .collect(Collectors.joining("; "));
    }

    private static String sessionOf(HttpResponse<String> response) {
        Map<String, String> cookies = new LinkedHashMap<>();
        for (String one : cookies(response).split("; ", -1)) {
            cookies.put(one.substring(0, one.indexOf('=')), one.substring(one.indexOf('=') + 1));
        }
        return cookies.get("tributary_session");
    }
}
