package io.tributary.connection;

import io.tributary.answer.Answer;
import io.tributary.answer.ApiException;
import io.tributary.deal.FieldError;
import io.tributary.deal.Times;
import io.tributary.http.Call;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes, shows, tries and ends the connections of a workspace, for its administrators. */
public final class ConnectionAdministration {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,62}");
    private static final int MOST = 200;

    private final Connections connections;
    private final ConnectionKinds kinds;
    private final ConnectionStates states;
    private final Outward outward;

    public ConnectionAdministration(
            Connections connections, ConnectionKinds kinds, ConnectionStates states, Outward outward) {
        this.connections = connections;
        this.kinds = kinds;
        this.states = states;
        this.outward = outward;
    }

    /** Makes a connection, or changes it; it runs when this answers. */
    public Answer put(Call call) {
        Connection.Id id = named(call);
        connections.refresh();
        Optional<Connection> before = connections.find(id);
        if (before.isPresent() && before.get().file().isPresent()) {
            throw madeByFile(before.get());
        }
        ConnectionInput input = ConnectionInput.read(call.jsonObject(), kinds, before);
        if (before.isEmpty() && connections.ofWorkspace(call.workspace()).size() >= MOST) {
            throw ApiException.conflict(
                    "too_many_connections", "A workspace has " + MOST + " connections at most; delete one first.");
        }
        connections.put(id, input.kind(), input.given(), call.caller().actor());
        states.forget(id);
        return show(call);
    }

    public Answer show(Call call) {
        Connection.Id id = named(call);
        connections.refresh();
        Map<String, @Nullable Object> view = views(call).get(id.name());
        if (view == null) {
            throw ApiException.notFound();
        }
        return Answer.ok(view);
    }

    /** A page of the workspace's connections, by name. */
    public Answer list(Call call) {
        connections.refresh();
        String after =
                call.parameter("cursor").map(ConnectionAdministration::decoded).orElse("");
        List<Map.Entry<String, Map<String, @Nullable Object>>> rest =
                List.copyOf(views(call).tailMap(after, false).entrySet());
        List<Map.Entry<String, Map<String, @Nullable Object>>> page =
                rest.subList(0, Math.min(call.limit(), rest.size()));
        String next = page.size() < rest.size()
                ? Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(page.get(page.size() - 1).getKey().getBytes(StandardCharsets.UTF_8))
                : null;
        return Answer.list(page.stream().map(Map.Entry::getValue).toList(), next);
    }

    public Answer delete(Call call) {
        Connection.Id id = named(call);
        connections.find(id).filter(now -> now.file().isPresent()).ifPresent(now -> {
            throw madeByFile(now);
        });
        if (!connections.delete(id, call.caller().actor())) {
            throw ApiException.notFound();
        }
        states.forget(id);
        return Answer.empty(204);
    }

    /** Tries a connection: as the body describes it, or as it is. Keeps nothing. */
    public Answer test(Call call) {
        Connection.Id id = named(call);
        connections.refresh();
        Optional<Connection> now = connections.find(id);
        Connection tried;
        if (call.body().length > 0) {
            ConnectionInput input = ConnectionInput.read(call.jsonObject(), kinds, now);
            tried = new Connection(
                    call.workspace(), id.name(), input.kind(), input.parameters(), "none", Optional.empty());
        } else {
            tried = now.orElseThrow(() -> connections
                    .broken(id)
                    .map(why -> ApiException.conflict(
                            "connection_broken", "The connection cannot work: " + why.reason() + "."))
                    .orElseGet(ApiException::notFound));
        }
        Map<String, @Nullable Object> found = new LinkedHashMap<>();
        found.put("status", "success");
        try {
            String works = tried.kind().test(tried, outward);
            found.put("ok", true);
            found.put("reason", works);
        } catch (ConnectionFailure failure) {
            found.put("ok", false);
            found.put("reason", tried.withoutSecrets(failure.reason()));
        }
        return Answer.ok(found);
    }

    /** What kinds there are and what each takes. */
    public Answer kinds(Call call) {
        return Answer.list(
                kinds.all().stream().map(ConnectionAdministration::kindView).toList(), null);
    }

    private NavigableMap<String, Map<String, @Nullable Object>> views(Call call) {
        Map<String, ConnectionStates.State> known = states.of(call.workspace());
        Map<String, Backfill> backfills = states.backfills(call.workspace());
        NavigableMap<String, Map<String, @Nullable Object>> views = new TreeMap<>();
        for (Connection connection : connections.ofWorkspace(call.workspace())) {
            Map<String, @Nullable Object> view = view(connection, known);
            Backfill backfill = backfills.get(connection.name());
            if (backfill != null) {
                view.put("backfill", backfill.view(Instant.now()));
            }
            views.put(connection.name(), view);
        }
        connections.brokenOf(call.workspace()).forEach((id, why) -> {
            Map<String, @Nullable Object> view = new LinkedHashMap<>();
            view.put("name", id.name());
            view.put("kind", why.kind());
            view.put("state", "failing");
            view.put("last_success", null);
            view.put("last_error", why.reason());
            views.put(id.name(), view);
        });
        return views;
    }

    private static Map<String, @Nullable Object> view(
            Connection connection, Map<String, ConnectionStates.State> known) {
        ConnectionStates.State state = known.getOrDefault(connection.name(), ConnectionStates.State.NEW);
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("name", connection.name());
        view.put("kind", connection.kind().name());
        view.put("state", state.lastError() == null ? "running" : "failing");
        view.put("last_success", time(state.lastSuccess()));
        view.put("last_error", state.lastError());
        view.put("last_failure", time(state.lastFailure()));
        view.put("made_by", connection.file().isPresent() ? "file" : "api");
        view.put("file", connection.file().orElse(null));
        Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
        for (Parameter parameter : connection.kind().parameters()) {
            if (!parameter.secret()) {
                parameters.put(parameter.name(), shown(parameter, connection.find(parameter.name())));
            }
        }
        view.put("parameters", parameters);
        view.put(
                "secrets",
                connection.kind().parameters().stream()
                        .filter(Parameter::secret)
                        .map(Parameter::name)
                        .filter(name -> connection.find(name).isPresent())
                        .toList());
        return view;
    }

    private static @Nullable Object shown(Parameter parameter, Optional<String> value) {
        if (parameter.type() == Parameter.Type.NUMBER && value.isPresent()) {
            return Integer.valueOf(value.get());
        }
        return value.orElse(null);
    }

    private static Map<String, @Nullable Object> kindView(ConnectionKind kind) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("kind", kind.name());
        view.put("authorises", kind.authorises());
        view.put(
                "parameters",
                kind.parameters().stream()
                        .map(parameter -> {
                            Map<String, @Nullable Object> described = new LinkedHashMap<>();
                            described.put("name", parameter.name());
                            described.put("type", parameter.type().name().toLowerCase(java.util.Locale.ROOT));
                            described.put("required", parameter.required());
                            described.put("default", shown(parameter, Optional.ofNullable(parameter.defaultValue())));
                            described.put("secret", parameter.secret());
                            described.put("choices", parameter.choices());
                            described.put("description", parameter.description());
                            return described;
                        })
                        .toList());
        return view;
    }

    private static @Nullable String time(@Nullable Instant moment) {
        return moment == null ? null : Times.text(moment);
    }

    private static Connection.Id named(Call call) {
        String name = call.path().split("/", -1)[1];
        if (NAME.matcher(name).matches()) {
            return ConnectionTable.id(call.workspace(), name);
        }
        if (call.method().equals("PUT")) {
            throw ApiException.invalid(List.of(new FieldError(
                    "name", name, "is no name: 1 to 63 letters, digits, - and _, beginning with a letter or digit")));
        }
        throw ApiException.notFound();
    }

    private static ApiException madeByFile(Connection connection) {
        return ApiException.conflict(
                "made_by_file",
                "The file " + connection.file().orElse("") + " makes this connection; change it there.");
    }

    private static String decoded(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notOurs) {
            throw ApiException.invalid(
                    List.of(new FieldError("cursor", cursor, "is none that this list has given as next_cursor")));
        }
    }
}
