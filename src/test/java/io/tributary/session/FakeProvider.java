package io.tributary.session;

import io.tributary.json.Json;
import io.tributary.tenant.Keys;
import io.tributary.testing.TestHub;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.math.BigInteger;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A provider of OpenID Connect as small as one can be: it describes itself, gives codes and signs tokens. */
final class FakeProvider {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final String issuer;
    private final KeyPair published = newKey();
    private KeyPair signing = published;
    private final Map<String, Object> claims = new LinkedHashMap<>();
    private String challenge = "";
    private boolean provedVerifier;

    private FakeProvider(String issuer) {
        this.issuer = issuer;
    }

    static FakeProvider start(Vertx vertx) throws Exception {
        int port = TestHub.freePort();
        FakeProvider provider = new FakeProvider("http://localhost:" + port);
        Router router = Router.router(vertx);
        router.get("/.well-known/openid-configuration").handler(provider::describe);
        router.get("/keys").handler(provider::keys);
        router.post("/token").handler(BodyHandler.create(false)).handler(provider::token);
        vertx.createHttpServer()
                .requestHandler(router)
                .listen(port)
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        return provider;
    }

    String issuer() {
        return issuer;
    }

    /** What the next token will say; to be changed by a test that wants it wrong. */
    Map<String, Object> claims() {
        return claims;
    }

    boolean provedVerifier() {
        return provedVerifier;
    }

    void signsIn(String email, List<String> groups) {
        signing = published;
        claims.clear();
        claims.put("iss", issuer);
        claims.put("aud", "hub");
        claims.put("sub", "person-1");
        claims.put("email", email);
        claims.put("groups", groups);
        claims.put("iat", Instant.now().getEpochSecond());
        claims.put("exp", Instant.now().getEpochSecond() + 300);
    }

    void signsWithAnotherKey() {
        signing = newKey();
    }

    /** Where the browser is sent back to once the person has agreed. */
    String consent(String authorization) {
        Map<String, String> asked = query(authorization);
        challenge = asked.get("code_challenge");
        claims.putIfAbsent("nonce", asked.get("nonce"));
        return asked.get("redirect_uri") + "?code=a-code&state=" + asked.get("state");
    }

    static Map<String, String> query(String url) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : URI.create(url).getRawQuery().split("&", -1)) {
            int equals = pair.indexOf('=');
            query.put(pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return query;
    }

    private void describe(RoutingContext context) {
        answer(
                context,
                Map.of(
                        "issuer",
                        issuer,
                        "authorization_endpoint",
                        issuer + "/authorize",
                        "token_endpoint",
                        issuer + "/token",
                        "jwks_uri",
                        issuer + "/keys",
                        "response_types_supported",
                        List.of("code"),
                        "grant_types_supported",
                        List.of("authorization_code"),
                        "id_token_signing_alg_values_supported",
                        List.of("RS256")));
    }

    private void keys(RoutingContext context) {
        RSAPublicKey key = (RSAPublicKey) published.getPublic();
        answer(
                context,
                Map.of(
                        "keys",
                        List.of(Map.of(
                                "kty", "RSA",
                                "use", "sig",
                                "alg", "RS256",
                                "kid", "one",
                                "n", number(key.getModulus()),
                                "e", number(key.getPublicExponent())))));
    }

    private void token(RoutingContext context) {
        String verifier = context.request().getFormAttribute("code_verifier");
        provedVerifier =
                BASE64.encodeToString(Keys.hash(String.valueOf(verifier))).equals(challenge);
        if (!provedVerifier || !"a-code".equals(context.request().getFormAttribute("code"))) {
            context.response().setStatusCode(400).end("{\"error\":\"invalid_grant\"}");
            return;
        }
        answer(
                context,
                Map.of("access_token", "opaque", "token_type", "Bearer", "expires_in", 300, "id_token", signed()));
    }

    private String signed() {
        String head = BASE64.encodeToString(Json.writeBytes(Map.of("alg", "RS256", "kid", "one", "typ", "JWT")));
        String text = head + "." + BASE64.encodeToString(Json.writeBytes(claims));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(signing.getPrivate());
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return text + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String number(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int from = bytes[0] == 0 ? 1 : 0;
        return BASE64.encodeToString(Arrays.copyOfRange(bytes, from, bytes.length));
    }

    private static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void answer(RoutingContext context, Map<String, ?> body) {
        context.response().putHeader("Content-Type", "application/json").end(Buffer.buffer(Json.writeBytes(body)));
    }
}
