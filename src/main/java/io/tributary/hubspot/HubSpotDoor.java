package io.tributary.hubspot;

import io.tributary.answer.Answer;
import io.tributary.answer.ApiException;
import io.tributary.connection.Connection;
import io.tributary.connection.Connections;
import io.tributary.deal.FieldError;
import io.tributary.http.Call;
import io.tributary.http.Doorkeeper;
import io.tributary.http.SourcePaths;
import io.tributary.ingest.Doorway;
import io.tributary.tenant.Caller;
import io.tributary.tenant.FormRules;
import io.tributary.tenant.Scope;
import io.tributary.tenant.WorkspaceId;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where HubSpot's webhooks arrive. Whoever has no key has to have signed the request with the secret of the connection
 * that it names; which of the reasons it is refused for, nobody is told.
 */
public final class HubSpotDoor implements Doorkeeper {
    private static final String PATH = SourcePaths.BASE + "/hubspot/sync";
    private static final UUID NO_KEY = new UUID(0, 0);
    private static final String SIGNED = "hubspot";

    /** HubSpot sends at most a hundred events at once. */
    private static final int EVENTS = 1000;

    private final Connections connections;
    private final HubSpotTasks tasks;
    private final Doorway doorway;
    private final String publicUrl;

    /** @param publicUrl where HubSpot calls the hub, without a trailing slash: this is what it signs */
    HubSpotDoor(Connections connections, HubSpotTasks tasks, Doorway doorway, String publicUrl) {
        this.connections = connections;
        this.tasks = tasks;
        this.doorway = doorway;
        this.publicUrl = publicUrl;
    }

    @Override
    public Optional<Caller> claimed(HttpServerRequest request, String path) {
        String tenant = request.getParam("tenant_id");
        boolean signs = request.headers().contains("X-HubSpot-Signature-v3")
                || request.headers().contains("X-HubSpot-Signature");
        if (!path.equals(PATH) || tenant == null || !signs) {
            return Optional.empty();
        }
        String named = request.getParam("workspace_id");
        return connections.all().stream()
                .filter(connection -> connection.kind().name().equals(HubSpotKind.NAME)
                        && connection.workspace().tenant().equals(tenant)
                        && (named == null || connection.workspace().workspace().equals(named)))
                .findFirst()
                .map(connection -> signed(connection.workspace()));
    }

    private static Caller signed(WorkspaceId workspace) {
        return new Caller(workspace, NO_KEY, SIGNED, Set.of(Scope.INGEST), FormRules.NONE);
    }

    /** Takes a deal, or the events of a webhook; answers when they are committed. */
    public Answer take(Call call) {
        boolean keyless = call.caller().keyId().equals(NO_KEY);
        Optional<Connection> signer = keyless ? signer(call) : Optional.empty();
        if (keyless && signer.isEmpty()) {
            throw ApiException.unauthorized();
        }
        Object body = call.json();
        if (!(body instanceof List<?> list)) {
            if (body instanceof Map<?, ?> one && one.containsKey("subscriptionType")) {
                return events(call, List.of(one), signer);
            }
            return doorway.takeJson(call, HubSpotKind.NAME);
        }
        return events(call, list, signer);
    }

    private Answer events(Call call, List<?> list, Optional<Connection> signer) {
        List<HubSpotEvent> events = new ArrayList<>();
        List<FieldError> faults = new ArrayList<>();
        for (Object element : list) {
            HubSpotEvent.read(element, faults).ifPresent(events::add);
        }
        if (!faults.isEmpty() || list.size() > EVENTS) {
            // No event of HubSpot's: kept whole in quarantine, where it is refused for what a deal needs.
            return doorway.takeContent(call, HubSpotKind.NAME, Map.of("events", list));
        }
        Map<Connection, List<HubSpotEvent>> byConnection = new LinkedHashMap<>();
        for (HubSpotEvent event : events) {
            Connection connection = signer.filter(one -> isOf(one, event))
                    .or(() -> signer.isPresent() ? Optional.empty() : of(call.workspace(), event))
                    .orElseThrow(() -> signer.isPresent() ? ApiException.unauthorized() : noConnection());
            byConnection.computeIfAbsent(connection, any -> new ArrayList<>()).add(event);
        }
        byConnection.forEach(tasks::store);
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("status", "success");
        answer.put("source", HubSpotKind.NAME);
        answer.put("received", list.size());
        return Answer.ok(answer);
    }

    private static ApiException noConnection() {
        return ApiException.conflict(
                "no_connection", "The workspace has no hubspot connection for this portal; make one first.");
    }

    private Optional<Connection> of(WorkspaceId workspace, HubSpotEvent event) {
        return connections.ofKind(workspace.tenant(), workspace.workspace(), HubSpotKind.NAME).stream()
                .filter(connection -> isOf(connection, event))
                .findFirst();
    }

    private static boolean isOf(Connection connection, HubSpotEvent event) {
        return event.portal().isEmpty()
                || connection.find("portal_id").map(event.portal()::equals).orElse(true);
    }

    /** The connection whose secret signed the call. */
    private Optional<Connection> signer(Call call) {
        WorkspaceId workspace = call.workspace();
        return connections.ofKind(workspace.tenant(), workspace.workspace(), HubSpotKind.NAME).stream()
                .filter(connection -> isSigned(call, connection))
                .findFirst();
    }

    private boolean isSigned(Call call, Connection connection) {
        Optional<String> secret = connection.find("client_secret");
        if (secret.isEmpty()) {
            return false;
        }
        Signature signature = new Signature(secret.get());
        String uri = publicUrl + call.uri();
        if (signature.isVersion3(
                call.header("x-hubspot-signature-v3").orElse(null),
                call.method(),
                uri,
                call.body(),
                call.header("x-hubspot-request-timestamp").orElse(null),
                Instant.now())) {
            return true;
        }
        return Objects.equals(connection.find("signature").orElse(""), "v2")
                && signature.isVersion2(
                        call.header("x-hubspot-signature").orElse(null), call.method(), uri, call.body());
    }
}
