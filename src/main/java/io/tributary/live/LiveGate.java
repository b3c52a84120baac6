package io.tributary.live;

import io.tributary.answer.ApiException;
import io.tributary.deal.FieldError;
import io.tributary.http.Gate;
import io.tributary.tenant.Caller;
import io.tributary.tenant.Keys;
import io.tributary.tenant.Scope;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets in handshakes of the live feed: with a ticket in the address or a key in a header, and from a browser only when
 * its page is the hub's own or of an origin that the operator named.
 */
public final class LiveGate implements Handler<RoutingContext> {
    /** Where the admission of a handshake is found in its context. */
    static final String ADMISSION = "live-admission";

    /** What one hub serves at most; each socket may hold some hundred kilobytes that its client does not read. */
    static final int MOST_SOCKETS = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(LiveGate.class);

    private final Keys keys;
    private final Tickets tickets;
    private final Set<String> origins;
    private final IntSupplier sockets;

    /**
     * @param origins pages that may connect besides the hub's own, as {@code https://crm.example.com}
     * @param sockets how many are open now
     */
    public LiveGate(Keys keys, Tickets tickets, Set<String> origins, IntSupplier sockets) {
        this.keys = keys;
        this.tickets = tickets;
        this.origins = origins;
        this.sockets = sockets;
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            fail(context, ApiException.unparsable("This is a WebSocket: connect with ws:// or wss://."));
        } else if (!mayConnect(request.getHeader("Origin"), request.getHeader("Host"))) {
            fail(context, ApiException.forbidden("Pages of that origin may not connect."));
        } else if (sockets.getAsInt() >= MOST_SOCKETS) {
            fail(context, ApiException.unavailable());
        } else {
            // The handshake must wait for the answer, and what the client sends behind it too.
            request.pause();
            context.vertx().executeBlocking(() -> admit(context), false).onComplete(admitted -> {
                request.resume();
                if (admitted.succeeded()) {
                    context.put(ADMISSION, admitted.result());
                    context.next();
                } else {
                    if (!(admitted.cause() instanceof ApiException)) {
                        LOG.warn("A handshake of the live feed failed: {}", String.valueOf(admitted.cause()));
                    }
                    context.fail(statusOf(admitted.cause()), admitted.cause());
                }
            });
        }
    }

    private static int statusOf(@Nullable Throwable failure) {
        return failure instanceof ApiException refusal ? refusal.status() : 500;
    }

    private boolean mayConnect(@Nullable String origin, @Nullable String host) {
        return origin == null
                || origins.contains(origin)
                // The scheme is left open: a proxy in front may have taken TLS off.
                || (host != null && (origin.equals("https://" + host) || origin.equals("http://" + host)));
    }

    private Admission admit(RoutingContext context) {
        MultiMap query = context.queryParams();
        Long since = since(query.get("since"));
        String key = Gate.headerKey(context.request());
        Tickets.Holder holder = key == null ? byTicket(query.get("ticket")) : byKey(key);
        verify(query, "tenant_id", holder.workspace().tenant());
        verify(query, "workspace_id", holder.workspace().workspace());
        return new Admission(holder.workspace(), holder.keyId(), since);
    }

    private Tickets.Holder byTicket(@Nullable String ticket) {
        return Optional.ofNullable(ticket).flatMap(tickets::take).orElseThrow(ApiException::unauthorized);
    }

    private Tickets.Holder byKey(String key) {
        Caller caller = keys.find(key).orElseThrow(ApiException::unauthorized);
        Gate.require(caller, Scope.READ);
        return new Tickets.Holder(caller.workspace(), caller.keyId());
    }

    private static void verify(MultiMap query, String name, String own) {
        for (String named : query.getAll(name)) {
            if (!named.equals(own)) {
                throw ApiException.forbidden(
                        "The credential belongs to another tenant or workspace than the query names.");
            }
        }
    }

    private static @Nullable Long since(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            long since = Long.parseLong(text);
            if (since >= 0) {
                return since;
            }
        } catch (NumberFormatException noNumber) {
            // Answered below, like a number below zero.
        }
        throw ApiException.invalid(List.of(new FieldError("since", text, "is no sequence number")));
    }

    private static void fail(RoutingContext context, ApiException refusal) {
        context.fail(refusal.status(), refusal);
    }
}
