package io.tributary.connection;

import io.tributary.answer.Answer;
import io.tributary.answer.ApiException;
import io.tributary.deal.FieldError;
import io.tributary.http.Call;
import io.tributary.http.Doorkeeper;
import io.tributary.http.SourcePaths;
import io.tributary.tenant.Caller;
import io.tributary.tenant.FormRules;
import io.tributary.tenant.Scope;
import io.tributary.tenant.WorkspaceId;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lets people connect an account in a browser: sends them to the provider, takes them back, and keeps the refresh token
 * that the code is worth. Who comes back is known by the signed state alone, since a browser that another site sends
 * brings no session.
 */
public final class Authorisations implements Doorkeeper {
    private static final String BACK = SourcePaths.BASE + "/connection-callback";
    private static final UUID NO_KEY = new UUID(0, 0);

    private final Connections connections;
    private final ConnectionKinds kinds;
    private final Outward outward;
    private final AuthorisationStates states;
    private final String publicUrl;

    /**
     * @param hubKey the text of {@code TRIBUTARY_SECRET_KEY} or of the file {@code secret-key}
     * @param publicUrl what outsiders call, without a trailing slash
     */
    public Authorisations(
            Connections connections, ConnectionKinds kinds, Outward outward, String hubKey, String publicUrl) {
        this.connections = connections;
        this.kinds = kinds;
        this.outward = outward;
        this.states = new AuthorisationStates(hubKey, Clock.systemUTC());
        this.publicUrl = publicUrl;
    }

    @Override
    public Optional<Caller> claimed(HttpServerRequest request, String path) {
        if (!path.equals(BACK) || !HttpMethod.GET.equals(request.method())) {
            return Optional.empty();
        }
        return states.read(request.getParam("state"))
                .map(began -> new Caller(
                        new WorkspaceId(
                                began.connection().tenant(), began.connection().workspace()),
                        NO_KEY,
                        began.actor(),
                        Set.of(Scope.ADMIN),
                        FormRules.NONE));
    }

    /** Where the person has to go to let the hub in. */
    public Answer begin(Call call) {
        Connection connection = connection(call);
        Authorisation by = connection.kind().authorisation(connection);
        String state = states.begin(connection.id(), call.caller().keyName());
        Map<String, String> asked = new LinkedHashMap<>();
        asked.put("response_type", "code");
        asked.put("client_id", connection.text("client_id"));
        asked.put("redirect_uri", publicUrl + BACK);
        asked.put("scope", by.scope());
        asked.put("state", state);
        if (by.provesCode()) {
            String verifier = states.read(state).orElseThrow().verifier();
            asked.put("code_challenge", AuthorisationStates.challenge(verifier));
            asked.put("code_challenge_method", "S256");
        }
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("status", "success");
        body.put("url", by.authorizeUrl() + "?" + query(asked));
        return Answer.ok(body);
    }

    private Connection connection(Call call) {
        Connection.Id id = new Connection.Id(
                call.workspace().tenant(),
                call.workspace().workspace(),
                call.path().split("/", -1)[1]);
        connections.refresh();
        Connection connection = connections.find(id).orElseThrow(ApiException::notFound);
        if (connection.file().isPresent()) {
            throw ApiException.conflict(
                    "made_by_file",
                    "The connection is made by " + connection.file().get() + "; change it there.");
        }
        if (!connection.kind().authorises()) {
            throw ApiException.conflict("no_authorisation", "A connection of this kind is not made in a browser.");
        }
        if (connection.find("client_id").isEmpty()) {
            throw ApiException.invalid(List.of(new FieldError("parameters.client_id", null, "is required")));
        }
        return connection;
    }

    /** Takes the person back, with a code or without, and sends the browser on to the connections. */
    public Answer finish(Call call) {
        AuthorisationStates.Began began =
                states.read(call.parameter("state").orElse(null)).orElseThrow(ApiException::unauthorized);
        connections.refresh();
        Connection connection = connections.find(began.connection()).orElse(null);
        String code = call.parameter("code").orElse(null);
        if (connection == null
                || connection.file().isPresent()
                || !connection.kind().authorises()) {
            return on(began, "gone");
        }
        if (code == null) {
            return on(began, "refused");
        }
        Authorisation by = connection.kind().authorisation(connection);
        String token = exchange(connection, by, code, began.verifier());
        if (token == null) {
            return on(began, "no_token");
        }
        connections.put(
                began.connection(),
                connection.kind(),
                with(connection, by, token).given(),
                call.caller().actor());
        return on(began, "connected");
    }

    /** The refresh token that a code is worth; null when there is none. Called outside of any transaction. */
    private @Nullable String exchange(Connection connection, Authorisation by, String code, String verifier) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("client_id", connection.text("client_id"));
        connection.find("client_secret").ifPresent(secret -> form.put("client_secret", secret));
        form.put("redirect_uri", publicUrl + BACK);
        form.put("code", code);
        if (by.provesCode()) {
            form.put("code_verifier", verifier);
        }
        try {
            OutwardResponse response = outward.http().send(OutwardRequest.form(by.tokenUrl(), form));
            return response.ok()
                            && response.json() instanceof Map<?, ?> answer
                            && answer.get("refresh_token") instanceof String token
                    ? token
                    : null;
        } catch (OutwardException noAnswer) {
            return null;
        }
    }

    private ConnectionInput with(Connection connection, Authorisation by, String token) {
        Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
        for (Parameter parameter : connection.kind().parameters()) {
            connection.find(parameter.name()).ifPresent(value -> parameters.put(parameter.name(), value));
        }
        parameters.putAll(by.sets());
        by.clears().forEach(name -> parameters.put(name, null));
        parameters.put("refresh_token", token);
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("kind", connection.kind().name());
        body.put("parameters", parameters);
        return ConnectionInput.read(body, kinds, Optional.of(connection));
    }

    private Answer on(AuthorisationStates.Began began, String outcome) {
        Map<String, String> told = new LinkedHashMap<>();
        told.put("connection", began.connection().name());
        told.put("authorisation", outcome);
        return Answer.empty(303).with("Location", publicUrl + "/sources?" + query(told));
    }

    private static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
