import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/**
 * What the hub is compared with: a plain service on the same tables, one transaction a request, written as one would. It
 * writes to every table that the hub writes to for a deal taken alone, and answers with the deal and its rank. Requests
 * that meet in the same rows wait for each other there, and those that fail for it are tried again.
 *
 * <p>Arguments: the port to listen on, PostgreSQL's port, the workspace.
 */
public final class PlainService {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TENANT = "demo";

    private static final String ENTER = "select set_config('app.tenant_id', ?, true)";
    private static final String KNOWN_BY_ID =
            "select deal_id from external_key where tenant_id = ? and workspace_id = ? and system = 'api' and external_id = ?";
    private static final String KNOWN_BY_NAME =
            "select deal_id from deal where tenant_id = ? and workspace_id = ? and match_key = ? order by deal_id limit 1";
    private static final String STORED =
            "select stage, value, probability from deal where tenant_id = ? and deal_id = ? for update";
    private static final String LEAD = """
            insert into lead (tenant_id, lead_id, workspace_id, email, first_name, last_name, company, source, metadata,
                created_at, updated_at)
            values (?, ?, ?, ?, ?, ?, ?, 'api', '{}', now(), now())
            on conflict do nothing""";
    private static final String DEAL = """
            insert into deal (tenant_id, workspace_id, deal_id, name, company, value, currency, value_estimated, stage,
                probability, source, expected_close_date, contact_email, contact_name, description, lead_id, external_id,
                external_keys, health_score, risk_level, scored_at, source_metadata, match_key, legal_form, base_value,
                created_at, updated_at, stage_entered_at, import_row, actor, assumed, rescore_on)
            values (?, ?, ?, ?, ?, ?, 'USD', false, ?, ?, 'api', cast(? as date), ?, ?, ?, ?, ?, array['api:' || ?], 40,
                'medium', now(), '{}', ?, 'ltd', ?, now(), now(), now(), null, 'key:bench', array['currency'],
                current_date + 1)""";
    private static final String CHANGE = """
            update deal set value = ?, base_value = ?, stage = ?, probability = ?, scored_at = now(), updated_at = now(),
                lineage = cast(? as jsonb)
            where tenant_id = ? and deal_id = ?""";
    private static final String KEY = """
            insert into external_key (tenant_id, workspace_id, system, external_id, deal_id, created_at)
            values (?, ?, 'api', ?, ?, now())""";
    private static final String LEDGER = """
            update workspace set event_sequence = event_sequence + 2, record_number = record_number + 1
            where tenant_id = ? and workspace_id = ?
            returning event_sequence, record_number""";
    private static final String EVENT = """
            insert into event (tenant_id, workspace_id, sequence, type, subject, at, data)
            values (?, ?, ?, ?, ?, now(), cast(? as json))""";
    private static final String ACTIVITY = """
            insert into activity (tenant_id, workspace_id, activity_id, deal_id, at, type, source, actor, text)
            values (?, ?, ?, ?, now(), ?, 'api', 'key:bench', ?)""";
    private static final String HISTORY = """
            insert into history (tenant_id, subject_id, history_id, workspace_id, entity, at, cause, source, actor, replaced)
            values (?, ?, ?, ?, 'deal', now(), 'ingest', 'api', 'key:bench', cast(? as jsonb))""";
    private static final String AUDIT = """
            insert into audit (tenant_id, workspace_id, at, actor, action, subject, source)
            values (?, ?, now(), 'key:bench', ?, ?, 'api')""";
    private static final String STAGE = """
            insert into stage_counter as held (tenant_id, workspace_id, stage, deals, value, weighted, won_seconds)
            values (?, ?, ?, ?, ?, ?, 0)
            on conflict (tenant_id, workspace_id, stage) do update set deals = held.deals + excluded.deals,
                value = held.value + excluded.value, weighted = held.weighted + excluded.weighted""";
    private static final String BIN = """
            insert into value_histogram as held (tenant_id, workspace_id, level, floor_cents, deals) values (?, ?, ?, ?, ?)
            on conflict (tenant_id, workspace_id, level, floor_cents) do update set deals = held.deals + excluded.deals""";
    private static final String TALLY = """
            insert into deal_tally as held (tenant_id, workspace_id, kind, key, deals, value, weighted, committed)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (tenant_id, workspace_id, kind, key) do update set deals = held.deals + excluded.deals,
                value = held.value + excluded.value, weighted = held.weighted + excluded.weighted,
                committed = held.committed + excluded.committed""";
    private static final String VISIT = """
            insert into stage_visit (tenant_id, workspace_id, deal_id, entered_at, left_at, stage, next_stage)
            values (?, ?, ?, now(), now(), ?, ?)
            on conflict do nothing""";
    private static final String FLOW = """
            insert into stage_flow as held (tenant_id, workspace_id, stage, next_stage, days, visits)
            values (?, ?, ?, ?, 0, 1)
            on conflict (tenant_id, workspace_id, stage, next_stage, days) do update set visits = held.visits + 1""";
    private static final String SOURCE = """
            insert into source_counter as held (tenant_id, workspace_id, source, accepted, last_success)
            values (?, ?, 'api', 1, now())
            on conflict (tenant_id, workspace_id, source) do update set accepted = held.accepted + 1, last_success = now()""";
    private static final String RANK = """
            select
                (select coalesce(sum(deals), 0) from value_histogram
                    where tenant_id = ? and workspace_id = ? and level = 2 and floor_cents >= ?)
                + (select coalesce(sum(deals), 0) from value_histogram
                    where tenant_id = ? and workspace_id = ? and level = 1 and floor_cents >= ? and floor_cents < ?)
                + (select coalesce(sum(deals), 0) from value_histogram
                    where tenant_id = ? and workspace_id = ? and level = 0 and floor_cents > ? and floor_cents < ?),
                (select coalesce(sum(deals), 0) from stage_counter
                    where tenant_id = ? and workspace_id = ? and stage not in ('closed_won', 'closed_lost'))""";

    private final HikariDataSource pool;
    private final String workspace;

    private PlainService(HikariDataSource pool, String workspace) {
        this.pool = pool;
        this.workspace = workspace;
    }

    public static void main(String[] arguments) throws Exception {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:postgresql://localhost:" + arguments[1] + "/postgres?prepareThreshold=3");
        config.setUsername("postgres");
        config.setConnectionInitSql("set role tributary_app");
        config.setMaximumPoolSize(16);
        config.setAutoCommit(false);
        PlainService service = new PlainService(new HikariDataSource(config), arguments[2]);
        Vertx vertx = Vertx.vertx(new VertxOptions().setWorkerPoolSize(128));
        Router router = Router.router(vertx);
        router.post("/deals").handler(BodyHandler.create(false)).handler(context -> vertx
                .executeBlocking(() -> service.take(context), false)
                .onComplete(taken -> {
                    if (taken.succeeded()) {
                        context.response().setStatusCode(201).end(taken.result());
                    } else {
                        context.fail(taken.cause());
                    }
                }));
        vertx.createHttpServer()
                .requestHandler(router)
                .listen(Integer.parseInt(arguments[0]))
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        System.out.println("ready");
    }

    private Buffer take(RoutingContext context) throws Exception {
        JsonNode deal = JSON.readTree(context.body().buffer().getBytes());
        for (int attempt = 1; ; attempt++) {
            try (Connection connection = pool.getConnection()) {
                try {
                    ObjectNode answer = take(connection, deal);
                    connection.commit();
                    return Buffer.buffer(JSON.writeValueAsBytes(answer));
                } catch (SQLException e) {
                    connection.rollback();
                    boolean raced = e.getSQLState().startsWith("40") || e.getSQLState().equals("23505");
                    if (!raced || attempt == 10) {
                        throw e;
                    }
                }
            }
        }
    }

    private ObjectNode take(Connection connection, JsonNode in) throws SQLException {
        BigDecimal value = new BigDecimal(in.path("value").asText("0"));
        String stage = in.path("stage").asText();
        BigDecimal probability = new BigDecimal(in.path("probability").asText("50"));
        String company = in.path("company").asText();
        UUID matchKey = uuid(in.path("name").asText().toLowerCase() + "|" + company.toLowerCase());
        UUID leadId = uuid(workspace + in.path("contact_email").asText());
        String externalId = in.path("external_id").asText(null);
        String closing = in.path("expected_close_date").asText("");
        String month = closing.length() < 7 ? "" : closing.substring(0, 7);
        one(connection, ENTER, TENANT);
        UUID known = externalId == null ? null : id(connection, KNOWN_BY_ID, TENANT, workspace, externalId);
        if (known == null) {
            known = id(connection, KNOWN_BY_NAME, TENANT, workspace, matchKey);
        }
        UUID deal = known == null ? ordered() : known;
        ObjectNode told = told(in, deal);
        Object[] before = known == null ? null : row(connection, STORED, 3, TENANT, known);
        if (before == null) {
            String[] person = in.path("contact_name").asText().split(" ", 2);
            write(connection, LEAD, TENANT, leadId, workspace, in.path("contact_email").asText(), person[0],
                    person[person.length - 1], company);
            write(connection, DEAL, TENANT, workspace, deal, in.path("name").asText(), company, value, stage, probability,
                    in.path("expected_close_date").asText(null), in.path("contact_email").asText(null),
                    in.path("contact_name").asText(null), in.path("description").asText(null), leadId, externalId, externalId,
                    matchKey, value);
            if (externalId != null) {
                write(connection, KEY, TENANT, workspace, externalId, deal);
            }
        } else {
            write(connection, CHANGE, value, value, stage, probability, told.toString(), TENANT, deal);
        }
        Object[] ledger = row(connection, LEDGER, 2, TENANT, workspace);
        long sequence = ((Number) ledger[0]).longValue();
        long number = ((Number) ledger[1]).longValue();
        String what = before == null ? "created" : "updated";
        write(connection, EVENT, TENANT, workspace, sequence - 1, "deal." + what, deal, told.toString());
        write(connection, EVENT, TENANT, workspace, sequence, "metrics.updated", null, "{\"" + what + "\":1}");
        write(connection, ACTIVITY, TENANT, workspace, number, deal, what, what + " from api");
        write(connection, AUDIT, TENANT, workspace, "deal." + what, deal.toString());
        if (before != null) {
            write(connection, HISTORY, TENANT, deal, number, workspace, told.toString());
            count(connection, (String) before[0], (BigDecimal) before[1], (BigDecimal) before[2], month, -1);
            if (!stage.equals(before[0])) {
                write(connection, VISIT, TENANT, workspace, deal, before[0], stage);
                write(connection, FLOW, TENANT, workspace, before[0], stage);
            }
        }
        count(connection, stage, value, probability, month, 1);
        write(connection, SOURCE, TENANT, workspace);
        long cents = cents(value);
        long nextFine = floor(cents, 3) + width(cents, 3);
        long nextCoarse = floor(cents, 1) + width(cents, 1);
        Object[] rank = row(connection, RANK, 2, TENANT, workspace, nextCoarse, TENANT, workspace, nextFine, nextCoarse,
                TENANT, workspace, cents, nextFine, TENANT, workspace);
        ObjectNode answer = JSON.createObjectNode();
        answer.put("status", "success").put("action", what).set("deal", told);
        answer.putObject("metrics")
                .put("value_rank", ((Number) rank[0]).longValue() + 1)
                .put("total_active_deals", ((Number) rank[1]).longValue());
        return answer;
    }

    private static ObjectNode told(JsonNode in, UUID deal) {
        ObjectNode told = JSON.createObjectNode();
        told.put("id", deal.toString());
        told.setAll((ObjectNode) in);
        return told.put("health_score", 40).put("risk_level", "medium");
    }

    private void count(
            Connection connection, String stage, BigDecimal value, BigDecimal probability, String month, int sign)
            throws SQLException {
        BigDecimal signed = value.multiply(BigDecimal.valueOf(sign));
        write(connection, STAGE, TENANT, workspace, stage, (long) sign, signed,
                signed.multiply(probability).movePointLeft(2));
        boolean closed = stage.startsWith("closed");
        tally(connection, closed ? "outcome" : "close_month", closed ? stage + "/api" : month, signed, probability, sign);
        if (closed) {
            boolean won = stage.equals("closed_won");
            tally(connection, won ? "won_month" : "lost_reason", won ? "2026-11" : "", signed, probability, sign);
        } else {
            long cents = cents(value);
            write(connection, BIN, TENANT, workspace, 0, cents, (long) sign);
            write(connection, BIN, TENANT, workspace, 1, floor(cents, 3), (long) sign);
            write(connection, BIN, TENANT, workspace, 2, floor(cents, 1), (long) sign);
        }
    }

    private void tally(
            Connection connection, String kind, String key, BigDecimal signed, BigDecimal probability, int sign)
            throws SQLException {
        boolean committed = probability.compareTo(BigDecimal.valueOf(70)) >= 0;
        write(connection, TALLY, TENANT, workspace, kind, key, (long) sign, signed,
                signed.multiply(probability).movePointLeft(2), committed ? signed : BigDecimal.ZERO);
    }

    private static long cents(BigDecimal value) {
        return value.movePointRight(2).longValue();
    }

    private static long width(long cents, int digits) {
        long width = 1;
        while (cents / width >= Math.pow(10, digits)) {
            width *= 10;
        }
        return width;
    }

    private static long floor(long cents, int digits) {
        return cents - cents % width(cents, digits);
    }

    private static UUID uuid(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Grows with time, as the hub's ids do. */
    private static UUID ordered() {
        return new UUID((System.currentTimeMillis() << 16) | 0x7000L, UUID.randomUUID().getLeastSignificantBits());
    }

    private static PreparedStatement prepared(Connection connection, String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    private static void write(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepared(connection, sql, values)) {
            statement.executeUpdate();
        }
    }

    private static void one(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepared(connection, sql, values)) {
            statement.executeQuery().close();
        }
    }

    private static UUID id(Connection connection, String sql, Object... values) throws SQLException {
        Object[] row = row(connection, sql, 1, values);
        return row == null ? null : (UUID) row[0];
    }

    private static Object[] row(Connection connection, String sql, int columns, Object... values) throws SQLException {
        try (PreparedStatement statement = prepared(connection, sql, values);
                ResultSet rows = statement.executeQuery()) {
            if (!rows.next()) {
                return null;
            }
            Object[] row = new Object[columns];
            for (int i = 0; i < columns; i++) {
                row[i] = rows.getObject(i + 1);
            }
            return row;
        }
    }
}
