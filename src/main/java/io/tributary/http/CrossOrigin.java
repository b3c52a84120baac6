package io.tributary.http;

import io.tributary.tenant.Caller;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/**
 * From which pages a browser may send a form: those whose origin the form's key names, letter by letter, and pages of
 * the hub's own origin. Whoever sends no origin is no browser on a foreign page. Credentials are never asked for.
 */
final class CrossOrigin {
    private static final String ORIGIN = "Origin";

    private CrossOrigin() {}

    /** Whether a browser asks beforehand what it may send; it does so without headers of its own. */
    static boolean isPreflight(HttpServerRequest request) {
        return request.method().equals(HttpMethod.OPTIONS)
                && request.headers().contains(ORIGIN)
                && request.headers().contains("Access-Control-Request-Method");
    }

    /**
     * Lets the page that sent the request read the answer, whatever it will be, where its origin is allowed.
     *
     * @return whether the request may go on
     */
    static boolean allow(RoutingContext context, Caller caller) {
        HttpServerRequest request = context.request();
        HttpServerResponse response = context.response().putHeader("Vary", ORIGIN);
        String origin = request.getHeader(ORIGIN);
        if (origin != null && isNamed(origin, caller)) {
            response.putHeader("Access-Control-Allow-Origin", origin);
        }
        return mayGoOn(origin, request.getHeader("Host"), caller);
    }

    static boolean mayGoOn(@Nullable String origin, @Nullable String host, Caller caller) {
        // A server that passes a visitor's headers on has a key that no page knows.
        return origin == null || !caller.isPublicForm() || isNamed(origin, caller) || isOwn(origin, host);
    }

    private static boolean isNamed(String origin, Caller caller) {
        return caller.form().origins().contains(origin);
    }

    /** Answers a preflight of an origin that is allowed. */
    static void answerPreflight(RoutingContext context) {
        context.response()
                .putHeader("Access-Control-Allow-Methods", "POST")
                .putHeader("Access-Control-Allow-Headers", "Content-Type")
                .putHeader("Access-Control-Max-Age", "600")
                .setStatusCode(204)
                .end();
    }

    /** The scheme is left open: a proxy in front may have taken TLS off. */
    private static boolean isOwn(String origin, @Nullable String host) {
        return host != null && (origin.equals("https://" + host) || origin.equals("http://" + host));
    }
}
