package io.tributary.session;

import io.tributary.answer.ApiException;
import io.tributary.json.Json;
import io.tributary.json.UnreadableJsonException;
import io.tributary.tenant.Caller;
import io.tributary.tenant.Keys;
import io.tributary.tenant.Scope;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Signs people in and out at {@code /session}: by the code of a link, or by a key. */
public final class SignInDoor implements Consumer<Router> {
    private static final int BEFORE_ROUTES = -1400;
    private static final long BODY_BYTES = 16 * 1024;

    private final Sessions sessions;
    private final SignInCodes codes;
    private final Keys keys;
    private final SessionCookie cookie;
    private final @Nullable String provider;

    /**
     * @param provider what the other provider is called by which people may sign in; null when there is none
     */
    public SignInDoor(
            Sessions sessions, SignInCodes codes, Keys keys, SessionCookie cookie, @Nullable String provider) {
        this.sessions = sessions;
        this.codes = codes;
        this.keys = keys;
        this.cookie = cookie;
        this.provider = provider;
    }

    /** Who is to be signed in, once everything that speaks against it was looked at. */
    private record Entry(String tenant, java.util.UUID keyId) {}

    /** A session just opened, or found. */
    private record Opened(String token, Caller caller) {}

    @Override
    public void accept(Router router) {
        router.route("/session").order(BEFORE_ROUTES).handler(context -> {
            context.response().putHeader("Cache-Control", "no-store").putHeader("X-Content-Type-Options", "nosniff");
            context.next();
        });
        router.get("/session").order(BEFORE_ROUTES + 1).handler(this::tell);
        router.post("/session")
                .order(BEFORE_ROUTES + 1)
                .handler(BodyHandler.create(false).setBodyLimit(BODY_BYTES))
                .handler(this::signIn);
        router.delete("/session").order(BEFORE_ROUTES + 1).handler(this::signOut);
    }

    private void tell(RoutingContext context) {
        String token = cookie.token(context.request());
        run(context, () -> current(token), opened -> answer(context, 200, view(opened)));
    }

    private void signIn(RoutingContext context) {
        HttpServerRequest request = context.request();
        String token = cookie.token(request);
        if (isForeign(request)) {
            context.fail(403, ApiException.forbidden("Signing in works from the hub's own page only."));
            return;
        }
        Map<String, @Nullable Object> asked;
        try {
            asked = asked(context);
        } catch (ApiException refusal) {
            context.fail(refusal.status(), refusal);
            return;
        }
        run(context, () -> open(asked, token), opened -> {
            cookie.set(context.response(), opened.orElseThrow().token());
            answer(context, 201, view(opened));
        });
    }

    private static Map<String, @Nullable Object> asked(RoutingContext context) {
        String type = context.request().getHeader("Content-Type");
        if (type == null || !type.startsWith("application/json")) {
            throw ApiException.of(415, "unsupported_media_type", "Send a JSON object.");
        }
        Buffer body = context.body().buffer();
        try {
            Map<String, @Nullable Object> asked = new LinkedHashMap<>();
            if (body != null && Json.read(body.getBytes()) instanceof Map<?, ?> object) {
                object.forEach((name, value) -> asked.put(String.valueOf(name), value));
            }
            return asked;
        } catch (UnreadableJsonException e) {
            throw ApiException.unparsable(String.valueOf(e.getMessage()));
        }
    }

    private Optional<Opened> open(Map<String, @Nullable Object> asked, @Nullable String token) {
        Entry entry = asked.get("code") instanceof String code ? byCode(code) : byKey(asked.get("key"));
        Optional<Opened> now = current(token);
        boolean agreed = Boolean.TRUE.equals(asked.get("replace"));
        if (now.isPresent()
                && !agreed
                && !now.get().caller().workspace().tenant().equals(entry.tenant())) {
            throw ApiException.conflict(
                    "signed_in",
                    "This browser is signed in to "
                            + now.get().caller().workspace().tenant()
                            + "; sign out there, or say that it may be replaced.");
        }
        if (asked.get("code") instanceof String code && codes.redeem(code).isEmpty()) {
            throw unknownCode();
        }
        String opened = sessions.open(entry.tenant(), entry.keyId()).orElseThrow(SignInDoor::unknownCode);
        if (token != null) {
            sessions.end(token);
        }
        return current(opened);
    }

    private Entry byCode(String code) {
        return codes.look(code)
                .map(holder -> new Entry(holder.tenant(), holder.keyId()))
                .orElseThrow(SignInDoor::unknownCode);
    }

    private Entry byKey(@Nullable Object key) {
        if (!(key instanceof String text) || text.isBlank()) {
            throw ApiException.of(401, "unauthorized", "Paste a key of your workspace.");
        }
        Caller caller = keys.find(text.strip())
                .orElseThrow(() -> ApiException.of(401, "unauthorized", "No workspace has this key."));
        if (!caller.may(Scope.READ)) {
            throw ApiException.forbidden("This key cannot read the workspace; use one with the scope read.");
        }
        return new Entry(caller.workspace().tenant(), caller.keyId());
    }

    private static ApiException unknownCode() {
        return ApiException.of(401, "code_unknown", "This link was used already, or is older than ten minutes.");
    }

    private void signOut(RoutingContext context) {
        String token = cookie.token(context.request());
        if (token != null && !cookie.mayChange(context.request(), token)) {
            context.fail(403, ApiException.forbidden("Signing out works from the hub's own page only."));
            return;
        }
        run(
                context,
                () -> {
                    if (token != null) {
                        sessions.end(token);
                    }
                    return Boolean.TRUE;
                },
                ended -> {
                    cookie.clear(context.response());
                    context.response().setStatusCode(204).end();
                });
    }

    private Optional<Opened> current(@Nullable String token) {
        return token == null ? Optional.empty() : sessions.find(token).map(caller -> new Opened(token, caller));
    }

    /** A browser names the page that sends; whoever names none is no browser. */
    private static boolean isForeign(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        String host = request.getHeader("Host");
        return origin != null && !origin.equals("http://" + host) && !origin.equals("https://" + host);
    }

    private Map<String, Object> view(Optional<Opened> opened) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("status", "success");
        view.put("signed_in", opened.isPresent());
        if (provider != null) {
            view.put("providers", List.of(Map.of("name", provider, "start", "/session/oidc")));
        }
        opened.ifPresent(session -> {
            Caller caller = session.caller();
            view.put("tenant_id", caller.workspace().tenant());
            view.put("workspace_id", caller.workspace().workspace());
            view.put("name", caller.keyName());
            view.put("scopes", caller.scopes().stream().map(Scope::code).toList());
            view.put("csrf", SessionCookie.csrf(session.token()));
        });
        return view;
    }

    private static void answer(RoutingContext context, int status, Map<String, Object> body) {
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(Buffer.buffer(Json.writeBytes(body)));
    }

    private static <T> void run(RoutingContext context, Callable<T> work, Consumer<T> then) {
        context.vertx().executeBlocking(work, false).onComplete(done -> {
            if (done.succeeded()) {
                then.accept(done.result());
            } else if (done.cause() instanceof ApiException refusal) {
                context.fail(refusal.status(), refusal);
            } else {
                context.fail(done.cause());
            }
        });
    }
}
