package io.tributary.http;

import io.tributary.answer.ApiException;
import io.tributary.tenant.Caller;
import io.tributary.tenant.Keys;
import io.tributary.tenant.Scope;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.web.RoutingContext;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets in whoever holds a key, before anything of the request's body is read. The tenant comes from the key alone;
 * what the query says of tenant and workspace is only compared with it.
 */
public final class Gate implements Handler<RoutingContext> {
    /** Where the caller is found in the attributes of the request's user. */
    public static final String CALLER = "caller";

    private static final String WEB_FORM = SourcePaths.BASE + "/web-form";
    static final String REQUEST_ID = "requestId";
    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

    private final Keys keys;
    private final byte[] adminKeyHash;

    public Gate(Keys keys, String adminKey) {
        this.keys = keys;
        this.adminKeyHash = Keys.hash(adminKey);
    }

    @Override
    public void handle(RoutingContext context) {
        String path = context.normalizedPath();
        context.response().putHeader("X-Content-Type-Options", "nosniff").putHeader("Cache-Control", "no-store");
        String key = credential(context.request(), path);
        if (key == null) {
            fail(context, ApiException.unauthorized());
            return;
        }
        if (path.equals("/api/admin") || path.startsWith("/api/admin/")) {
            admitAdmin(context, key);
            return;
        }
        Keys.Finding known = keys.remembered(key);
        if (known != null) {
            admit(context, path, known.caller());
            return;
        }
        // The body must not arrive while nobody listens for it.
        context.request().pause();
        context.vertx().executeBlocking(() -> keys.find(key), false).onComplete(found -> {
            context.request().resume();
            if (found.succeeded()) {
                admit(context, path, found.result());
            } else {
                LOG.warn("Looking up a key failed", found.cause());
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

    private void admitAdmin(RoutingContext context, String key) {
        if (MessageDigest.isEqual(adminKeyHash, Keys.hash(key))) {
            context.next();
            return;
        }
        context.request().pause();
        context.vertx().executeBlocking(() -> keys.find(key), false).onComplete(found -> {
            context.request().resume();
            if (found.failed()) {
                context.fail(found.cause());
            } else if (found.result().isPresent()) {
                fail(context, ApiException.forbidden("This needs the admin key of the hub, not a tenant's."));
            } else {
                fail(context, ApiException.unauthorized());
            }
        });
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
        String authorization = request.getHeader("Authorization");
        if (authorization != null) {
            return authorization.regionMatches(true, 0, "Bearer ", 0, 7)
                    ? authorization.substring(7).strip()
                    : null;
        }
        String header = request.getHeader("X-API-Key");
        if (header != null) {
            return header.strip();
        }
        return path.equals(WEB_FORM) ? request.getParam("form_key") : null;
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
