package io.tributary.http;

import io.tributary.answer.ApiException;
import io.tributary.session.SessionCookie;
import io.tributary.session.Sessions;
import io.tributary.tenant.Caller;
import io.tributary.tenant.Keys;
import io.tributary.tenant.Scope;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.web.RoutingContext;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets in whoever holds a key or is signed in, before anything of the request's body is read. The tenant comes from the key or session alone;
 * what the query says of tenant and workspace is only compared with it.
 */
public final class Gate implements Handler<RoutingContext> {
    /** Where the caller is found in the attributes of the request's user. */
    public static final String CALLER = "caller";

    private static final String WEB_FORM = SourcePaths.BASE + "/web-form";
    static final String REQUEST_ID = "requestId";
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

    private final Keys keys;
    private final Sessions sessions;
    private final SessionCookie cookie;
    private final byte[] adminKeyHash;
    private final List<Doorkeeper> doorkeepers = new CopyOnWriteArrayList<>();

    public Gate(Keys keys, Sessions sessions, SessionCookie cookie, String adminKey) {
        this.keys = keys;
        this.sessions = sessions;
        this.cookie = cookie;
        this.adminKeyHash = Keys.hash(adminKey);
    }

    /** Asks {@code another} about every request that comes without a key. */
    public void admitBy(Doorkeeper another) {
        doorkeepers.add(another);
    }

    @Override
    public void handle(RoutingContext context) {
        String path = context.normalizedPath();
        context.response().putHeader("X-Content-Type-Options", "nosniff").putHeader("Cache-Control", "no-store");
        String key = credential(context.request(), path);
        if (key == null) {
            Optional<Caller> sender = claimed(context.request(), path);
            if (sender.isPresent()) {
                admit(context, path, sender);
            } else {
                admitSession(context, path);
            }
            return;
        }
        if (isAdmin(path)) {
            admitAdmin(context, key);
            return;
        }
        Keys.Finding known = keys.remembered(key);
        if (known != null) {
            admit(context, path, known.caller());
            return;
        }
        lookUp(context, () -> keys.find(key), caller -> admit(context, path, caller));
    }

    /** Lets in a person who is signed in at a browser, exactly as the key of their session. */
    private void admitSession(RoutingContext context, String path) {
        String token = cookie.token(context.request());
        if (token == null) {
            fail(context, ApiException.unauthorized());
            return;
        }
        if (!READING.contains(context.request().method()) && !cookie.mayChange(context.request(), token)) {
            fail(
                    context,
                    ApiException.forbidden(
                            "A change by a session needs its token in the header " + SessionCookie.CSRF_HEADER + "."));
            return;
        }
        Consumer<Optional<Caller>> then =
                isAdmin(path) ? caller -> refuseAdmin(context, caller) : caller -> admit(context, path, caller);
        Sessions.Finding known = sessions.remembered(token);
        if (known != null) {
            then.accept(known.caller());
        } else {
            lookUp(context, () -> sessions.find(token), then);
        }
    }

    private static void lookUp(
            RoutingContext context, Callable<Optional<Caller>> search, Consumer<Optional<Caller>> then) {
        // The body must not arrive while nobody listens for it.
        context.request().pause();
        context.vertx().executeBlocking(search, false).onComplete(found -> {
            context.request().resume();
            if (found.succeeded()) {
                then.accept(found.result());
            } else {
                LOG.warn("Looking up a caller failed", found.cause());
                context.fail(found.cause());
            }
        });
    }

    /** The id by which this request is found in the log. */
    public static String requestId(RoutingContext context) {
        String id = context.get(REQUEST_ID);
        if (id == null) {
            id = Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE);
            context.put(REQUEST_ID, id);
        }
        return id;
    }

    private Optional<Caller> claimed(HttpServerRequest request, String path) {
        return doorkeepers.stream()
                .flatMap(keeper -> keeper.claimed(request, path).stream())
                .findFirst();
    }

    private void admitAdmin(RoutingContext context, String key) {
        if (MessageDigest.isEqual(adminKeyHash, Keys.hash(key))) {
            context.next();
            return;
        }
        lookUp(context, () -> keys.find(key), caller -> refuseAdmin(context, caller));
    }

    private static void refuseAdmin(RoutingContext context, Optional<Caller> caller) {
        fail(
                context,
                caller.isPresent()
                        ? ApiException.forbidden("This needs the admin key of the hub, not a tenant's.")
                        : ApiException.unauthorized());
    }

    private static boolean isAdmin(String path) {
        return path.equals("/api/admin") || path.startsWith("/api/admin/");
    }

    // The other way to set a user is internal to Vert.x.
    @SuppressWarnings("deprecation")
    private static void admit(RoutingContext context, String path, Optional<Caller> caller) {
        if (caller.isEmpty()) {
            fail(context, ApiException.unauthorized());
            return;
        }
        MultiMap query = context.queryParams();
        if (differs(query.getAll("tenant_id"), caller.get().workspace().tenant())
                || differs(
                        query.getAll("workspace_id"), caller.get().workspace().workspace())) {
            fail(
                    context,
                    ApiException.forbidden("The key belongs to another tenant or workspace than the query names."));
            return;
        }
        if (caller.get().isPublicForm() && !path.equals(WEB_FORM)) {
            fail(context, ApiException.forbidden("A form's key can submit the web form and nothing else."));
            return;
        }
        if (path.equals(WEB_FORM)) {
            if (!CrossOrigin.allow(context, caller.get())) {
                fail(context, ApiException.forbidden("This form is not taken from pages of that origin."));
                return;
            }
            if (CrossOrigin.isPreflight(context.request())) {
                CrossOrigin.answerPreflight(context);
                return;
            }
        }
        context.setUser(User.create(new JsonObject(), new JsonObject().put(CALLER, caller.get())));
        context.next();
    }

    private static boolean differs(Iterable<String> named, String own) {
        for (String name : named) {
            if (!name.equals(own)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String credential(HttpServerRequest request, String path) {
        String key = headerKey(request);
        String inAddress =
                path.equals(WEB_FORM) ? "form_key" : path.equals(SourcePaths.OUTBOUND_MESSAGES) ? "token" : null;
        return key == null && request.getHeader("Authorization") == null && inAddress != null
                ? request.getParam(inAddress)
                : key;
    }

    /** The key in a request's headers; null without one. */
    public static @Nullable String headerKey(HttpServerRequest request) {
        String authorization = request.getHeader("Authorization");
        if (authorization != null) {
            return authorization.regionMatches(true, 0, "Bearer ", 0, 7)
                    ? authorization.substring(7).strip()
                    : null;
        }
        String header = request.getHeader("X-API-Key");
        return header == null ? null : header.strip();
    }

    private static void fail(RoutingContext context, ApiException refusal) {
        context.fail(refusal.status(), refusal);
    }

    /** Refuses a caller whose key does not carry {@code scope}. */
    public static void require(Caller caller, Scope scope) {
        if (!caller.may(scope)) {
            throw ApiException.forbidden("The key lacks the scope " + scope.code() + ".");
        }
    }
}
