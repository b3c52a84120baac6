package io.tributary.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.tenant.Scope;
import io.tributary.testing.Caller;
import io.tributary.testing.Eventually;
import io.tributary.testing.Reply;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Signing in at a browser: by a link, by a key, and what a session may then do. */
@WithHub
class SignInTest {
    private static final Map<String, String> DEAL = Map.of("name", "Signed in and typed");

    /** A browser: it keeps the cookie and the second token. */
    private record Browser(Caller stranger, String cookie, String csrf) {
        static Browser signIn(TestHub hub, Map<String, ?> proof, String... headers) {
            Reply reply = hub.stranger().post("/session", proof, headers);
            assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
            return new Browser(hub.stranger(), cookieOf(reply), reply.textAt("/csrf"));
        }

        Reply get(String path) {
            return stranger.get(path, "Cookie", cookie);
        }

        Reply change(String path, Object body) {
            return stranger.post(path, body, "Cookie", cookie, "X-CSRF-Token", csrf);
        }
    }

    private static String cookieOf(Reply reply) {
        String set = reply.header("Set-Cookie").orElseThrow();
        return set.substring(0, set.indexOf(';'));
    }

    @Test
    void a_session_may_do_what_its_key_may_and_no_more(TestHub hub, Tenant tenant) {
        Browser browser = Browser.signIn(hub, Map.of("key", tenant.key()));
        Browser reader = Browser.signIn(
                hub, Map.of("key", tenant.with(Set.of(Scope.READ)).key()));

        assertThat(browser.get("/session").textAt("/tenant_id")).isEqualTo(tenant.id());
        assertThat(browser.change("/manual", DEAL).status()).isEqualTo(201);
        assertThat(reader.get("?q=signed").at("/items")).hasSize(1);
        assertThat(reader.change("/manual", DEAL).status()).isEqualTo(403);
        assertThat(browser.get("/api/admin/tenants").status()).isEqualTo(403);
    }

    @Test
    void a_change_needs_the_second_token(TestHub hub, Tenant tenant) {
        Browser browser = Browser.signIn(hub, Map.of("key", tenant.key()));

        assertThat(hub.stranger()
                        .post("/manual", DEAL, "Cookie", browser.cookie())
                        .status())
                .isEqualTo(403);
        assertThat(hub.stranger()
                        .post("/manual", DEAL, "Cookie", browser.cookie(), "X-CSRF-Token", browser.csrf() + "x")
                        .status())
                .isEqualTo(403);
        assertThat(tenant.get("").at("/items")).isEmpty();
    }

    @Test
    void no_script_reads_the_cookie_and_no_other_site_sends_it(TestHub hub, Tenant tenant) {
        Reply reply = hub.stranger().post("/session", Map.of("key", tenant.key()));

        assertThat(reply.header("Set-Cookie").orElseThrow())
                .containsIgnoringCase("HttpOnly")
                .contains("SameSite=Strict", "Path=/")
                .doesNotContain(tenant.key());
        assertThat(reply.text()).doesNotContain(tenant.key());
    }

    @Test
    void signing_out_ends_it_and_so_does_revoking_the_key(TestHub hub, Tenant tenant) {
        Reply made = tenant.post("/keys", Map.of("name", "short-lived", "scopes", List.of("read")));
        Browser first = Browser.signIn(hub, Map.of("key", tenant.key()));
        Browser second = Browser.signIn(hub, Map.of("key", made.textAt("/api_key")));

        assertThat(hub.stranger().delete("/session", "Cookie", first.cookie()).status())
                .isEqualTo(403);
        assertThat(hub.stranger()
                        .delete("/session", "Cookie", first.cookie(), "X-CSRF-Token", first.csrf())
                        .status())
                .isEqualTo(204);
        tenant.delete("/keys/" + made.textAt("/key_id"));

        assertThat(first.get("").status()).isEqualTo(401);
        Eventually.within(
                Duration.ofSeconds(5), () -> assertThat(second.get("").status()).isEqualTo(401));
    }

    @Test
    void a_link_works_once_and_replaces_no_other_tenant_unasked(TestHub hub, Tenant tenant) {
        Browser browser = Browser.signIn(hub, Map.of("key", tenant.key()));
        String link = hub.signInUrl();
        String code = link.substring(link.indexOf("#code=") + 6);

        assertThat(link).startsWith(hub.url() + "/#code=");
        Reply asked = hub.stranger().post("/session", Map.of("code", code), "Cookie", browser.cookie());
        assertThat(asked.status()).isEqualTo(409);
        assertThat(asked.textAt("/code")).isEqualTo("signed_in");
        assertThat(browser.get("").status()).isEqualTo(200);

        Browser demo = Browser.signIn(hub, Map.of("code", code, "replace", true), "Cookie", browser.cookie());
        assertThat(demo.get("/session").textAt("/tenant_id")).isEqualTo("demo");
        assertThat(browser.get("").status()).isEqualTo(401);
        assertThat(hub.stranger().post("/session", Map.of("code", code)).textAt("/code"))
                .isEqualTo("code_unknown");
    }

    @Test
    void a_code_is_too_old_after_ten_minutes() {
        SignInCodes.Holder holder = new SignInCodes.Holder("acme", UUID.randomUUID());
        Moving clock = new Moving();
        SignInCodes codes = new SignInCodes(() -> UUID.randomUUID().toString(), clock);
        String code = codes.issue(holder);
        String other = codes.issue(holder);

        clock.now = clock.now.plus(Duration.ofMinutes(9));
        assertThat(codes.redeem(code)).contains(holder);
        clock.now = clock.now.plus(Duration.ofMinutes(2));
        assertThat(codes.redeem(other)).isEmpty();
    }

    @Test
    void another_site_cannot_sign_a_browser_in_and_a_form_key_cannot_at_all(TestHub hub, Tenant tenant) {
        Caller form = tenant.with(Set.of(Scope.FORM));

        assertThat(hub.stranger()
                        .post("/session", Map.of("key", tenant.key()), "Origin", "https://elsewhere.example")
                        .status())
                .isEqualTo(403);
        assertThat(hub.stranger().post("/session", Map.of("key", form.key())).status())
                .isEqualTo(403);
        assertThat(hub.stranger()
                        .post("/session", Map.of("key", "trib_unknown"))
                        .status())
                .isEqualTo(401);
        assertThat(hub.stranger()
                        .send("POST", "/session", "text/plain", "{}".getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(415);
        assertThat(hub.stranger().get("/session").at("/signed_in").asBoolean()).isFalse();
    }

    @Test
    void the_database_holds_no_token(TestHub hub, Tenant tenant) {
        Browser browser = Browser.signIn(hub, Map.of("key", tenant.key()));
        String token = browser.cookie().substring(browser.cookie().indexOf('=') + 1);

        assertThat(hub.owner()
                        .sql("select cast(row_to_json(s) as text) from session as s where tenant_id = :tenant")
                        .param("tenant", tenant.id())
                        .query(String.class)
                        .list())
                .hasSize(1)
                .noneMatch(row -> row.contains(token) || row.contains(browser.csrf()));
    }

    private static final class Moving extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
