package io.tributary.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.testing.Books;
import io.tributary.testing.Crowd;
import io.tributary.testing.Eventually;
import io.tributary.testing.Reply;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A batch is written whole or not at all, whichever of its statements fails; and what a failure means depends on its
 * SQLSTATE. Triggers that raise an error for one tenant stand in for the failures.
 */
@WithHub
class AllOrNothingTest {
    private TestHub hub;
    private Tenant tenant;

    @BeforeEach
    void setUp(TestHub shared, Tenant own) {
        hub = shared;
        tenant = own;
    }

    @AfterEach
    void mend() {
        hub.owner()
                .sql("drop schema if exists broken_" + tenant.id() + " cascade")
                .update();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deal",
                "external_key",
                "lead",
                "activity",
                "event",
                "history",
                "stage_counter",
                "value_histogram",
                "unconverted_counter",
                "source_counter",
                "workspace",
                "audit",
                "idempotency"
            })
    void whichever_table_fails_no_row_stays_in_any(String table) {
        tenant.post("/api", deal("held", Map.of("value", 1, "contact_email", "ann@orchard.example")));
        breakTable(table, "58030", null);

        // The one changes a deal and its lead, the other makes new ones, in a currency without a rate.
        boolean changeFailed = failsWhole(
                deal("held", Map.of("value", 2, "contact_email", "ann@orchard.example", "phone", "+44 20 7946 0000")));
        boolean creationFailed =
                failsWhole(deal("new", Map.of("value", 3, "currency", "JPY", "contact_email", "bo@orchard.example")));

        assertThat(changeFailed || creationFailed).isTrue();
        Books.of(hub, tenant).areBalanced();

        mend();
        assertThat(tenant.post("/api", deal("held", Map.of("value", 2)), "Idempotency-Key", "later")
                        .status())
                .isEqualTo(200);
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void a_record_that_cannot_be_quarantined_is_not_counted_as_rejected() {
        Map<String, Long> before = rowsByTable();
        breakTable("rejected", "58030", null);

        Reply reply = tenant.post("/api", Map.of("name", "wrong", "value", "twelve"));

        assertUnavailable(reply);
        assertThat(rowsByTable()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"22003", "22P02", "23514", "23502"})
    void a_record_that_the_database_refuses_is_refused_alone(String state) {
        breakTable("deal", state, "culprit");

        List<Reply> replies = Crowd.of(40, i -> tenant.post("/api", deal(i == 17 ? "culprit" : "deal " + i, Map.of())));

        assertThat(replies.get(17).status()).isEqualTo(422);
        assertThat(replies.get(17).at("/rejected_id").isTextual()).isTrue();
        assertThat(replies).filteredOn(reply -> reply.status() == 201).hasSize(39);
        assertThat(Books.of(hub, tenant).deals()).isEqualTo(39);
        assertThat(Books.of(hub, tenant).rows("rejected")).isEqualTo(1);
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void several_refused_records_of_one_batch_are_all_found() {
        breakTable("deal", "22003", "culprit%");

        List<Reply> replies =
                Crowd.of(40, i -> tenant.post("/api", deal((i % 7 == 0 ? "culprit " : "deal ") + i, Map.of())));

        assertThat(replies).filteredOn(reply -> reply.status() == 422).hasSize(6);
        assertThat(replies).filteredOn(reply -> reply.status() == 201).hasSize(34);
        Books.of(hub, tenant).areBalanced();
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01"})
    void a_conflict_that_passes_is_retried_and_the_record_taken(String state) {
        breakTable("deal", state, "unlucky", 3);

        Reply reply = tenant.post("/api", deal("unlucky", Map.of("value", 5)));

        assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
        assertThat(Books.of(hub, tenant).deals()).isEqualTo(1);
        Books.of(hub, tenant).areBalanced();
    }

    @ParameterizedTest
    @CsvSource({"53100", "53200", "53300", "57014", "57P01", "58030", "40001"})
    void a_database_that_cannot_take_it_now_is_told_as_such_and_nothing_stays(String state) {
        Map<String, Long> before = rowsByTable();
        breakTable("deal", state, null);

        Reply reply = tenant.post("/api", deal("waiting", Map.of("value", 5)), "Idempotency-Key", "k-1");

        assertUnavailable(reply);
        assertThat(rowsByTable()).isEqualTo(before);
        mend();
        assertThat(tenant.post("/api", deal("waiting", Map.of("value", 5)), "Idempotency-Key", "k-1")
                        .status())
                .isEqualTo(201);
    }

    /** Whether sending the deal failed, in which case it has left no row. */
    private boolean failsWhole(Map<String, Object> deal) {
        Eventually.becomesTrue(Duration.ofSeconds(20), this::isFollowed);
        Map<String, Long> before = rowsByTable();
        Reply reply = tenant.post("/api", deal, "Idempotency-Key", "key-of-" + deal.get("name"));
        if (reply.status() < 300) {
            return false;
        }
        assertUnavailable(reply);
        assertThat(rowsByTable()).isEqualTo(before);
        return true;
    }

    /** Whether the insights of every change are written, which would be counted as left behind. */
    private boolean isFollowed() {
        return hub.owner().sql("""
                        select coalesce(max(sequence) filter (where type = 'insights.ready'), 0)
                            >= coalesce(max(sequence), 0)
                        from event where tenant_id = ?
                        """).param(tenant.id()).query(Boolean.class).single();
    }

    private static void assertUnavailable(Reply reply) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isPresent();
        assertThat(reply.textAt("/status")).isEqualTo("error");
        assertThat(reply.textAt("/code")).isEqualTo("unavailable");
        assertThat(reply.textAt("/source")).isEqualTo("api");
    }

    private static Map<String, Object> deal(String name, Map<String, Object> more) {
        Map<String, Object> deal = new TreeMap<>(more);
        deal.put("name", name);
        deal.put("external_id", name);
        return deal;
    }

    private void breakTable(String table, String state, String namedLike) {
        breakTable(table, state, namedLike, Integer.MAX_VALUE);
    }

    /** Makes writing a row of the tenant fail, only for deals of a name where one is given, and only so many times. */
    private void breakTable(String table, String state, String namedLike, int times) {
        String schema = "broken_" + tenant.id();
        String which = namedLike == null ? "" : " and new.name like '" + namedLike + "'";
        for (String statement : List.of(
                "create schema " + schema,
                "grant usage on schema " + schema + " to public",
                "create sequence " + schema + ".failures",
                "grant usage on sequence " + schema + ".failures to public",
                """
                create function %1$s.fail() returns trigger language plpgsql as $$
                begin
                    if new.tenant_id = '%2$s'%3$s and nextval('%1$s.failures') <= %4$d then
                        raise exception 'broken on purpose' using errcode = '%5$s';
                    end if;
                    return new;
                end $$""".formatted(schema, tenant.id(), which, times, state),
                "create trigger broken_%1$s before insert or update on %2$s for each row execute function broken_%1$s.fail()"
                        .formatted(tenant.id(), table))) {
            hub.owner().sql(statement).update();
        }
    }

    /** Of every table but those that are written by the clock and by readers of the event log, which go on meanwhile. */
    private Map<String, Long> rowsByTable() {
        Map<String, Long> rows = new TreeMap<>();
        for (String table : hub.owner().sql("""
                        select table_name from information_schema.columns
                        where table_schema = 'public' and column_name = 'tenant_id'
                            and table_name not in ('event_reader', 'norms', 'score_change', 'scored_by', 'trend_hour')
                        """).query(String.class).list()) {
            rows.put(
                    table,
                    hub.owner()
                            .sql("select count(*) from " + table + " where tenant_id = ?")
                            .param(tenant.id())
                            .query(Long.class)
                            .single());
        }
        rows.put(
                "event_sequence",
                hub.owner()
                        .sql("select event_sequence from workspace where tenant_id = ?")
                        .param(tenant.id())
                        .query(Long.class)
                        .single());
        return rows;
    }
}
