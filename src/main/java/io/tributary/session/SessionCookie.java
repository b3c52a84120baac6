package io.tributary.session;

import io.tributary.tenant.Keys;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The cookie that carries a session's token: no script can read it and no other site's request carries it. Whoever
 * changes something by it also sends a second token in a header, which only a script of the hub's own page can know.
 */
public final class SessionCookie {
    /** The header that a changing request must carry. */
    public static final String CSRF_HEADER = "X-CSRF-Token";

    private static final String NAME = "tributary_session";

    /** A name that browsers accept over TLS alone, from this host alone. */
    private static final String SECURE_NAME = "__Host-" + NAME;

    private static final long LIFE_SECONDS = Duration.ofDays(30).toSeconds();

    private final boolean secure;

    /** Cookies for a hub that is reached at {@code publicUrl}. */
    public SessionCookie(String publicUrl) {
        this.secure = publicUrl.startsWith("https:");
    }

    /** The token that a request carries; null when it carries none. */
    public @Nullable String token(HttpServerRequest request) {
        Cookie cookie = request.getCookie(name());
        return cookie == null || cookie.getValue().isEmpty() ? null : cookie.getValue();
    }

    void set(HttpServerResponse response, String token) {
        response.addCookie(cookie(token).setMaxAge(LIFE_SECONDS));
    }

    void clear(HttpServerResponse response) {
        response.addCookie(cookie("").setMaxAge(0));
    }

    /** Whether a request may change something by the session of {@code token}. */
    public boolean mayChange(HttpServerRequest request, String token) {
        String sent = request.getHeader(CSRF_HEADER);
        return sent != null
                && MessageDigest.isEqual(
                        sent.getBytes(StandardCharsets.UTF_8), csrf(token).getBytes(StandardCharsets.UTF_8));
    }

    /** The second token: it follows from the session's, and does not tell it. */
    static String csrf(String token) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Keys.hash("csrf " + token));
    }

    private Cookie cookie(String value) {
        return Cookie.cookie(name(), value)
                .setPath("/")
                .setHttpOnly(true)
                .setSecure(secure)
                .setSameSite(CookieSameSite.STRICT);
    }

    private String name() {
        return secure ? SECURE_NAME : NAME;
    }
}
