package io.tributary.automation;

import io.tributary.connection.Connection;
import io.tributary.connection.Connections;
import io.tributary.deal.OrderedId;
import io.tributary.delivery.OutgoingMails;
import io.tributary.event.EventLog;
import io.tributary.event.NewEvent;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import io.tributary.tenant.WorkspaceId;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Fires automations: what one does, its record, its task, its activity, its event and its mail, is one transaction, which
 * the route {@code fire-automation} opens around these calls. So a crossing that was half answered when the hub died was
 * not answered at all, and one that was answered is never answered again.
 */
public final class Firings {
    private static final int LONGEST_NAME = 63;
    private static final int LONGEST_CROSSING = 200;
    private static final int LONGEST_TITLE = 300;
    private static final int LONGEST_TEXT = 4000;
    private static final int MOST_DAYS = 3650;

    private final TenantDatabase database;
    private final Connections connections;
    private final OutgoingMails mails;

    public Firings(TenantDatabase database, Connections connections, OutgoingMails mails) {
        this.database = database;
        this.connections = connections;
        this.mails = mails;
    }

    /**
     * Notes that an automation fires.
     *
     * @param crossing what it fires once for; null takes the occasion's own
     * @return null when it has fired for that already, is switched off here, or the deal is gone
     */
    public @Nullable Firing begin(Occasion occasion, @Nullable String automation, @Nullable String crossing) {
        if (automation == null || automation.isBlank() || automation.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("an automation fires under its name, in the property `automation`");
        }
        Occasion named = crossing == null || crossing.isBlank() ? occasion : named(occasion, crossing);
        return database.<Optional<Firing>>write(named.workspace().tenant(), client -> begin(client, named, automation))
                .orElse(null);
    }

    private static Occasion named(Occasion occasion, String crossing) {
        return new Occasion(
                occasion.workspace(),
                occasion.deal(),
                occasion.type(),
                bounded(crossing, LONGEST_CROSSING),
                occasion.at(),
                occasion.data());
    }

    private static Optional<Firing> begin(JdbcClient client, Occasion occasion, String automation) {
        Optional<Map<String, @Nullable Object>> deal = DealFacts.read(client, occasion.workspace(), occasion.deal());
        if (deal.isEmpty()) {
            return Optional.empty();
        }
        UUID id = OrderedId.next();
        Optional<Instant> at = client.sql(Statements.text("insert-firing"))
                .params(at(occasion.workspace()))
                .param("firing_id", id)
                .param("automation", automation)
                .param("deal_id", occasion.deal())
                .param("crossing", occasion.crossing())
                .query(Timestamp.class)
                .optional()
                .map(Timestamp::toInstant);
        return at.map(when -> new Firing(id, automation, occasion, when, deal.get()));
    }

    /** Leaves a task to whoever looks after the deal. */
    public void task(Firing firing, @Nullable String title, @Nullable String text, @Nullable Integer dueInDays) {
        if (title == null || title.isBlank()) {
            throw new IllegalArgumentException("a task needs the property `title`");
        }
        UUID id = OrderedId.next();
        database.write(
                firing.occasion().workspace().tenant(),
                client -> client.sql(Statements.text("insert-task"))
                        .params(at(firing.occasion().workspace()))
                        .param("task_id", id)
                        .param("deal_id", firing.occasion().deal())
                        .param("firing_id", firing.id())
                        .param("automation", firing.automation())
                        .param("title", bounded(title, LONGEST_TITLE))
                        .param("text", text == null || text.isBlank() ? null : bounded(text, LONGEST_TEXT))
                        .param("assignee", firing.deal().get("owner"))
                        .param("due_in_days", dueInDays == null ? null : Math.max(0, Math.min(dueInDays, MOST_DAYS)))
                        .update());
        firing.made(id);
    }

    /** Notes something in the deal's activity. */
    public void activity(Firing firing, @Nullable String text) {
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException("an activity needs the property `text`");
        }
        firing.note(bounded(text, LONGEST_TEXT));
    }

    /**
     * Keeps a mail until the workspace's mail server took it; sends none where there is no such connection, or nobody to
     * write to.
     *
     * @param to null writes to the deal's owner, where that is an address, else to the connection's own
     */
    public void mail(Firing firing, @Nullable String to, @Nullable String subject, @Nullable String text) {
        WorkspaceId workspace = firing.occasion().workspace();
        Optional<Connection> through = connections.ofKind(workspace.tenant(), workspace.workspace(), "smtp").stream()
                .findFirst();
        String address = to == null || to.isBlank()
                ? through.map(smtp -> team(firing, smtp)).orElse("")
                : to;
        if (through.isEmpty() || address.isBlank()) {
            return;
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("to", address);
        fields.put("subject", subject(firing, subject));
        fields.put("text", text == null ? "" : text);
        fields.put("key", "firing " + firing.id() + " " + firing.nextMail());
        mails.keep(workspace, fields);
    }

    /** One line, as a mail needs it; the names of deals may hold several. */
    private static String subject(Firing firing, @Nullable String subject) {
        String line =
                subject == null ? "" : subject.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.isEmpty() ? firing.automation() : bounded(line, LONGEST_TITLE);
    }

    private static String team(Firing firing, Connection smtp) {
        return firing.deal().get("owner") instanceof String owner && owner.contains("@") ? owner : smtp.text("from");
    }

    /** Tells of it, in the activity and in the event log: the last thing of the transaction. */
    public void tell(Firing firing) {
        WorkspaceId workspace = firing.occasion().workspace();
        database.write(workspace.tenant(), client -> {
            client.sql(Statements.text("count-firing"))
                    .params(at(workspace))
                    .param("automation", firing.automation())
                    .update();
            List<String> notes = firing.notes();
            if (!notes.isEmpty()) {
                client.sql(Statements.text("append-activities"))
                        .params(at(workspace))
                        .param("deal_id", firing.occasion().deal())
                        .param("source", "automation")
                        .param("actor", "automation:" + firing.automation())
                        .param("types", notes.stream().map(note -> "automation").toArray(String[]::new))
                        .param("texts", notes.toArray(String[]::new))
                        .update();
            }
            return EventLog.append(
                    client,
                    workspace,
                    List.of(new NewEvent("automation.fired", firing.occasion().deal(), firing.told())));
        });
    }

    private static Map<String, Object> at(WorkspaceId workspace) {
        return Map.of("tenant", workspace.tenant(), "workspace", workspace.workspace());
    }

    private static String bounded(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
    }
}
