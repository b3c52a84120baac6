package io.tributary.enrichment;

import io.tributary.connection.Connection;
import io.tributary.connection.Connections;
import io.tributary.connection.Outward;
import io.tributary.connection.OutwardException;
import io.tributary.connection.OutwardResponse;
import io.tributary.event.Event;
import io.tributary.ingest.Batch;
import io.tributary.ingest.Entry;
import io.tributary.ingest.Sender;
import io.tributary.json.Json;
import io.tributary.lead.Lead;
import io.tributary.mail.FreeMail;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The steps by which a new deal's contact is asked about; each is called by the routes of a connection. */
public final class Enrichments {
    private static final int MOST_ANSWERS = 50_000;
    private static final int DROPPED_AT_ONCE = 1_000;

    /** That nothing is known is asked again sooner than what is known. */
    private static final int DAYS_UNKNOWN = 1;

    private static final int SERVER_ERROR = 500;

    private final TenantDatabase database;
    private final Connections connections;
    private final Outward outward;

    public Enrichments(TenantDatabase database, Connections connections, Outward outward) {
        this.database = database;
        this.connections = connections;
        this.outward = outward;
    }

    /** What new deals give cause to ask; an address that anybody can have says nothing of a company. */
    public List<Question> questions(String tenant, String workspace, String name, List<Event> events) {
        Optional<Connection> connection = connections.find(tenant, workspace, name);
        if (connection.isEmpty()) {
            return List.of();
        }
        dropOld(connection.get());
        return events.stream()
                .flatMap(event -> question(connection.get(), event).stream())
                .toList();
    }

    private static Optional<Question> question(Connection connection, Event event) {
        if (event.subject() == null || !(event.dataObject().get("contact_email") instanceof String email)) {
            return Optional.empty();
        }
        String domain = email.substring(email.lastIndexOf('@') + 1);
        if (connection.text("ask").equals("email")) {
            return Optional.of(new Question(connection, event.subject(), email, email));
        }
        return FreeMail.is(domain)
                ? Optional.empty()
                : Optional.of(new Question(
                        connection, event.subject(), email, Objects.requireNonNull(FreeMail.registered(domain))));
    }

    /** The answer as it was last time, empty when nothing was known; null when it is to be asked. */
    public @Nullable Map<String, @Nullable Object> remembered(Question question) {
        return database.read(
                        question.connection().id().tenant(),
                        client -> client.sql(Statements.text("read-enrichment"))
                                .params(of(question))
                                .query(String.class)
                                .optional())
                .map(Json::readObject)
                .orElse(null);
    }

    /**
     * Asks, and remembers the answer.
     *
     * @return what is known; empty when nothing is
     * @throws UnansweredException when there is no answer now
     */
    public Map<String, Object> ask(Question question) throws UnansweredException {
        Connection.Id id = question.connection().id();
        try {
            OutwardResponse answer = outward.http().send(question.request());
            if (isRefused(answer.status())) {
                throw unanswered(id, "it answered " + answer.status());
            }
            Map<String, Object> facts = answer.ok()
                    ? EnricherFields.parse(question.connection().text("fields"))
                            .read(Json.mapper().valueToTree(answer.json()))
                    : Map.of();
            remember(question, facts);
            connections.succeeded(id.tenant(), id.workspace(), id.name());
            return facts;
        } catch (OutwardException e) {
            throw unanswered(id, String.valueOf(e.getMessage()));
        }
    }

    private UnansweredException unanswered(Connection.Id id, String reason) {
        connections.failed(id.tenant(), id.workspace(), id.name(), reason);
        return new UnansweredException(reason);
    }

    /** Whether a status says nothing of what was asked: a wrong key, too many calls, a server that fails or moved. */
    static boolean isRefused(int status) {
        return status >= SERVER_ERROR || status == 401 || status == 403 || status == 429 || status / 100 == 3;
    }

    private void remember(Question question, Map<String, Object> facts) {
        int days = facts.isEmpty() ? DAYS_UNKNOWN : question.connection().number("cache_days");
        database.write(
                question.connection().id().tenant(),
                client -> client.sql(Statements.text("remember-enrichment"))
                        .params(of(question))
                        .param("answer", Json.write(facts))
                        .param("days", days)
                        .update());
    }

    private void dropOld(Connection connection) {
        Connection.Id id = connection.id();
        database.write(
                id.tenant(),
                client -> client.sql(Statements.text("drop-old-enrichments"))
                        .param("tenant", id.tenant())
                        .param("workspace", id.workspace())
                        .param("connection", id.name())
                        .param("most", MOST_ANSWERS)
                        .param("rows", DROPPED_AT_ONCE)
                        .update());
    }

    /** Fills in what the deal and its lead lack, for the funnel. */
    public Batch fill(Question question, Map<String, Object> facts) {
        Connection.Id id = question.connection().id();
        EnrichDeal command = new EnrichDeal(
                question.deal(), Lead.idOf(id.tenant(), id.workspace(), question.email()), id.name(), facts);
        return Batch.ofCommands(
                question.connection().workspace(),
                EnrichDeal.SOURCE,
                List.of(Entry.of(command, Sender.hub("connection:" + id.name()), null)));
    }

    private static Map<String, Object> of(Question question) {
        Connection.Id id = question.connection().id();
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("tenant", id.tenant());
        parameters.put("workspace", id.workspace());
        parameters.put("connection", id.name());
        parameters.put("question", question.key());
        return parameters;
    }
}
