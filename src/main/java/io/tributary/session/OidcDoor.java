package io.tributary.session;

import io.tributary.tenant.Keys;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.oauth2.OAuth2Auth;
import io.vertx.ext.auth.oauth2.OAuth2AuthorizationURL;
import io.vertx.ext.auth.oauth2.OAuth2FlowType;
import io.vertx.ext.auth.oauth2.OAuth2Options;
import io.vertx.ext.auth.oauth2.Oauth2Credentials;
import io.vertx.ext.auth.oauth2.providers.OpenIDConnectAuth;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs people in by another provider: authorization code with PKCE and a nonce, bound to the browser that began it. Their
 * groups say where they may go and what they may do there; somebody in none of them is not let in.
 */
public final class OidcDoor implements Consumer<Router> {
    private static final Logger LOG = LoggerFactory.getLogger(OidcDoor.class);
    private static final String START = "/session/oidc";
    private static final String BACK = START + "/callback";
    private static final String BINDING = "tributary_oidc";
    private static final int BEFORE_ROUTES = -1400;

    private final OidcSettings settings;
    private final String publicUrl;
    private final Sessions sessions;
    private final SessionCookie cookie;
    private final OidcAttempts attempts;
    private volatile @Nullable Future<OAuth2Auth> provider;

    public OidcDoor(
            OidcSettings settings, String publicUrl, Sessions sessions, SessionCookie cookie, OidcAttempts attempts) {
        this.settings = settings;
        this.publicUrl = publicUrl;
        this.sessions = sessions;
        this.cookie = cookie;
        this.attempts = attempts;
    }

    @Override
    public void accept(Router router) {
        router.get(START).order(BEFORE_ROUTES).handler(this::start);
        router.get(BACK).order(BEFORE_ROUTES).handler(this::comeBack);
    }

    private void start(RoutingContext context) {
        provider(context.vertx()).onComplete(found -> {
            if (found.failed()) {
                LOG.warn(
                        "The provider {} does not answer: {}",
                        settings.issuer(),
                        found.cause().toString());
                turnAway(context, "provider_unreachable");
                return;
            }
            OidcAttempts.Attempt attempt = attempts.begin();
            context.response()
                    .addCookie(binding(attempt.binding()).setMaxAge(600))
                    .putHeader("Cache-Control", "no-store");
            redirect(
                    context,
                    found.result()
                            .authorizeURL(new OAuth2AuthorizationURL()
                                    .setRedirectUri(publicUrl + BACK)
                                    .setScopes(List.of("openid", "profile", "email"))
                                    .setState(attempt.state())
                                    .putAdditionalParameter("nonce", attempt.nonce())
                                    .putAdditionalParameter("code_challenge", challenge(attempt.verifier()))
                                    .putAdditionalParameter("code_challenge_method", "S256")));
        });
    }

    private void comeBack(RoutingContext context) {
        HttpServerRequest request = context.request();
        Cookie bound = request.getCookie(BINDING);
        String code = request.getParam("code");
        Optional<OidcAttempts.Attempt> attempt = attempts.end(request.getParam("state"));
        context.response()
                .putHeader("Cache-Control", "no-store")
                .addCookie(binding("").setMaxAge(0));
        if (attempt.isEmpty()
                || bound == null
                || !isSame(bound.getValue(), attempt.get().binding())
                || code == null) {
            turnAway(context, "sign_in_broken_off");
            return;
        }
        provider(context.vertx())
                .compose(auth -> auth.authenticate(new Oauth2Credentials()
                        .setFlow(OAuth2FlowType.AUTH_CODE)
                        .setCode(code)
                        .setRedirectUri(publicUrl + BACK)
                        .setCodeVerifier(attempt.get().verifier())))
                .onComplete(done -> {
                    if (done.failed()) {
                        LOG.warn(
                                "The provider's answer cannot be trusted: {}",
                                done.cause().toString());
                        turnAway(context, "sign_in_refused");
                    } else {
                        admit(context, done.result(), attempt.get());
                    }
                });
    }

    private void admit(RoutingContext context, User user, OidcAttempts.Attempt attempt) {
        JsonObject claims = user.attributes().getJsonObject("idToken");
        if (claims == null || !isMeantForUs(claims, attempt)) {
            turnAway(context, "sign_in_refused");
            return;
        }
        Optional<OidcSettings.Admission> admission = settings.admit(groups(claims));
        if (admission.isEmpty()) {
            turnAway(context, "no_group");
            return;
        }
        String name = Stream.of("email", "preferred_username", "sub")
                .map(claims::getString)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("somebody");
        String replaced = cookie.token(context.request());
        context.vertx()
                .executeBlocking(
                        () -> {
                            if (replaced != null) {
                                sessions.end(replaced);
                            }
                            return sessions.open(
                                    admission.get().workspace(),
                                    name,
                                    admission.get().scopes());
                        },
                        false)
                .onComplete(opened -> {
                    if (opened.failed() || opened.result().isEmpty()) {
                        turnAway(context, "no_workspace");
                    } else {
                        cookie.set(context.response(), opened.result().get());
                        redirect(context, "/");
                    }
                });
    }

    /** What OpenID Connect asks of a client beyond the signature, which the library has verified. */
    private boolean isMeantForUs(JsonObject claims, OidcAttempts.Attempt attempt) {
        Object audience = claims.getValue("aud");
        boolean ours = audience instanceof JsonArray list
                ? list.contains(settings.clientId())
                : settings.clientId().equals(audience);
        return ours
                && settings.issuer().equals(claims.getString("iss"))
                && attempt.nonce().equals(claims.getString("nonce"))
                && claims.getLong("exp", 0L) > Instant.now().getEpochSecond();
    }

    private List<String> groups(JsonObject claims) {
        Object claim = claims.getValue(settings.groupsClaim());
        if (claim instanceof JsonArray list) {
            return list.stream().map(String::valueOf).toList();
        }
        return claim instanceof String one ? List.of(one) : List.of();
    }

    /** Asks the provider how to talk to it, once; anew after it could not be asked. */
    private Future<OAuth2Auth> provider(Vertx vertx) {
        Future<OAuth2Auth> known = provider;
        if (known != null && !known.failed()) {
            return known;
        }
        Future<OAuth2Auth> asked = OpenIDConnectAuth.discover(
                vertx,
                new OAuth2Options()
                        .setSite(settings.issuer())
                        .setClientId(settings.clientId())
                        .setClientSecret(settings.clientSecret()));
        provider = asked;
        return asked;
    }

    private Cookie binding(String value) {
        return Cookie.cookie(BINDING, value)
                .setPath(START)
                .setHttpOnly(true)
                .setSecure(publicUrl.startsWith("https:"))
                // The provider sends the browser back from its own site.
                .setSameSite(CookieSameSite.LAX);
    }

    private static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    /** The S256 challenge of RFC 7636. */
    private static String challenge(String verifier) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Keys.hash(verifier));
    }

    private static void turnAway(RoutingContext context, String reason) {
        redirect(context, "/?sign_in=" + reason);
    }

    private static void redirect(RoutingContext context, String place) {
        context.response().setStatusCode(302).putHeader("Location", place).end();
    }
}
