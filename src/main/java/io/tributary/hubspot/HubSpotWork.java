package io.tributary.hubspot;

import io.tributary.command.ArchiveDeal;
import io.tributary.command.ErasePerson;
import io.tributary.connection.Connection;
import io.tributary.connection.Connections;
import io.tributary.hubspot.HubSpotException.Remedy;
import io.tributary.hubspot.HubSpotTask.Kind;
import io.tributary.ingest.Batch;
import io.tributary.ingest.Mappings;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Works off what webhooks told of: whatever is said to have happened to a deal, it is read as it is now, so that order and
 * repetition of events mean nothing. The steps are called by routes, each by its own.
 */
public final class HubSpotWork {
    private static final Logger LOG = LoggerFactory.getLogger(HubSpotWork.class);

    /** A deal that HubSpot does not know is asked for this often, seconds apart, before it is believed. */
    private static final int[] PATIENCE_SECONDS = {2, 5, 15, 60};

    private static final int LONGEST_WAIT_SECONDS = 30;

    private static final int PURGED_AT_ONCE = 5_000;

    private final Connections connections;
    private final Mappings mappings;
    private final TenantDatabase database;
    private final HubSpotTasks tasks;
    private final HubSpotApi api;
    private final HubSpotRecords records;

    HubSpotWork(
            Connections connections,
            Mappings mappings,
            TenantDatabase database,
            HubSpotTasks tasks,
            HubSpotApi api,
            HubSpotRecords records) {
        this.connections = connections;
        this.mappings = mappings;
        this.database = database;
        this.tasks = tasks;
        this.api = api;
        this.records = records;
    }

    /** What is due of a connection; null when nothing is. */
    public @Nullable Turn claim(String tenant, String workspace, String name) {
        Connection connection = connections.find(tenant, workspace, name).orElse(null);
        if (connection == null) {
            return null;
        }
        List<HubSpotTask> due = tasks.claim(connection, HubSpotApi.BATCH);
        return due.isEmpty() ? null : new TaskTurn(connection, due);
    }

    /** Reads from HubSpot what the turn needs; no transaction is open meanwhile. */
    public void read(TaskTurn turn) throws HubSpotException {
        Connection connection = turn.connection();
        readOthers(turn, "contact", "contacts");
        readOthers(turn, "company", "companies");
        List<HubSpotTask> deals =
                turn.claimed.stream().filter(task -> task.isOf("deal")).toList();
        List<String> ids = deals.stream().map(HubSpotTask::id).toList();
        Map<String, Map<String, @Nullable Object>> found = new HashMap<>();
        for (Map<String, @Nullable Object> deal : records.read(connection, ids)) {
            found.put(HubSpotApi.text(deal.get("id")), deal);
        }
        Map<String, UUID> known = KnownDeals.of(database, connection, ids);
        for (HubSpotTask task : deals) {
            Map<String, @Nullable Object> deal = found.get(task.id());
            if (deal != null && !Boolean.TRUE.equals(deal.get("archived"))) {
                turn.take(deal, known.get(task.id()));
                turn.done.add(task);
            } else {
                missing(turn, task, known.get(task.id()));
            }
        }
    }

    private void missing(TaskTurn turn, HubSpotTask task, @Nullable UUID deal) {
        boolean believed = task.kind() == Kind.DELETE || task.attempts() > PATIENCE_SECONDS.length;
        if (!believed) {
            turn.later
                    .computeIfAbsent(PATIENCE_SECONDS[task.attempts() - 1], any -> new ArrayList<>())
                    .add(task);
            return;
        }
        turn.done.add(task);
        if (deal != null) {
            boolean close = turn.connection().text("on_delete").equals("close");
            turn.orders().add(new ArchiveDeal(deal, task.occurredAt(), "It was deleted in HubSpot", close));
        } else if (task.kind() != Kind.DELETE) {
            // Refused for its missing name, so that somebody learns that HubSpot told of a deal it does not have.
            Map<String, @Nullable Object> absent = new LinkedHashMap<>();
            absent.put("id", task.id());
            absent.put("note", "HubSpot told of this deal and does not have it");
            turn.deals().add(absent);
        }
    }

    /** Whatever happened to a person or a company, it is their deals that are read anew. */
    private void readOthers(TaskTurn turn, String object, String objects) throws HubSpotException {
        List<HubSpotTask> others =
                turn.claimed.stream().filter(task -> task.isOf(object)).toList();
        List<String> ids = others.stream()
                .filter(task -> task.kind() != Kind.ERASE)
                .map(HubSpotTask::id)
                .toList();
        Map<String, List<String>> deals = api.associated(turn.connection(), objects, "deals", ids);
        Set<String> wanted = new HashSet<>();
        deals.values().forEach(wanted::addAll);
        for (String id : wanted) {
            turn.learnt.add(new HubSpotTask("deal", id, Kind.READ, Instant.now(), 0, 0));
        }
        for (HubSpotTask task : others) {
            turn.done.add(task);
            if (task.kind() == Kind.ERASE) {
                erase(turn, task.id());
            }
        }
    }

    private void erase(TaskTurn turn, String contact) {
        Connection connection = turn.connection();
        List<UUID> leads = database.read(
                connection.workspace().tenant(),
                client -> HubSpotTasks.named(client, "find-hubspot-contact", connection)
                        .param("contact", contact)
                        .query(UUID.class)
                        .list());
        for (UUID lead : leads) {
            turn.orders().add(new ErasePerson(lead));
            turn.erased.put(lead, dealsOf(connection, lead));
        }
    }

    private List<UUID> dealsOf(Connection connection, UUID lead) {
        return database.read(
                connection.workspace().tenant(),
                client -> HubSpotTasks.named(client, "find-deals-of-lead", connection)
                        .param("lead", lead)
                        .query(UUID.class)
                        .list());
    }

    /** The turn's deals for the funnel; null when there are none. */
    public @Nullable Batch records(Turn turn) {
        return turn.records(mappings);
    }

    /** What else the turn does, for the funnel; null when there is nothing. */
    public @Nullable Batch commands(Turn turn) {
        return turn.commands();
    }

    /** Notes what the turn has done; in the transaction that has taken its deals. */
    public void note(Turn turn) {
        database.write(turn.connection().workspace().tenant(), client -> {
            turn.note(client);
            HubSpotContacts.keep(client, turn);
            return turn;
        });
    }

    /** Tells that the connection works; after the commit. */
    public void succeeded(Turn turn) {
        Connection.Id id = turn.connection().id();
        connections.succeeded(id.tenant(), id.workspace(), id.name());
    }

    /** Puts off what could not be done, the longer the more often it was tried. */
    public void failed(TaskTurn turn, Exception failure) {
        Connection connection = turn.connection();
        Connection.Id id = connection.id();
        boolean told = failure instanceof HubSpotException;
        String reason = told
                ? connection.withoutSecrets(((HubSpotException) failure).reason())
                : "the hub could not take what it read";
        if (!told) {
            LOG.warn("A turn of {} failed and is tried again", connection, failure);
        }
        int attempts =
                turn.claimed.stream().mapToInt(HubSpotTask::attempts).max().orElse(1);
        int seconds = wait(failure, attempts);
        database.write(id.tenant(), client -> {
            tasks.delay(client, connection, turn.claimed, seconds, reason);
            return turn;
        });
        connections.failed(id.tenant(), id.workspace(), id.name(), reason);
    }

    private static int wait(Exception failure, int attempts) {
        int backOff = Math.min(LONGEST_WAIT_SECONDS, 1 << Math.min(attempts - 1, 10));
        if (failure instanceof HubSpotException refused) {
            return refused.remedy() == Remedy.WAIT
                    ? Math.max(refused.seconds(), Math.min(backOff, LONGEST_WAIT_SECONDS))
                    : LONGEST_WAIT_SECONDS;
        }
        return backOff;
    }

    /** Forgets the keys of a tenant's events that are too old to come again, so many at a time. */
    public void purge(String tenant) {
        int gone = PURGED_AT_ONCE;
        while (gone == PURGED_AT_ONCE) {
            gone = database.write(
                    tenant,
                    client -> client.sql(Statements.text("purge-hubspot-events"))
                            .param("tenant", tenant)
                            .param("most", PURGED_AT_ONCE)
                            .update());
        }
    }

    /** Tasks in hand. */
    public final class TaskTurn extends Turn {
        private final List<HubSpotTask> claimed;
        private final List<HubSpotTask> done = new ArrayList<>();
        private final List<HubSpotTask> learnt = new ArrayList<>();
        private final Map<UUID, List<UUID>> erased = new LinkedHashMap<>();
        private final Map<Integer, List<HubSpotTask>> later = new LinkedHashMap<>();

        TaskTurn(Connection connection, List<HubSpotTask> claimed) {
            super(connection);
            this.claimed = claimed;
        }

        @Override
        void note(JdbcClient client) {
            tasks.finish(client, connection(), done);
            tasks.add(client, connection(), learnt);
            later.forEach((seconds, waiting) ->
                    tasks.delay(client, connection(), waiting, seconds, "HubSpot does not have it"));
            erased.forEach((lead, deals) -> HubSpotContacts.scrub(client, connection(), lead, deals));
        }
    }
}
