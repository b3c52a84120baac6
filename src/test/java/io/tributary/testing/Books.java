package io.tributary.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.metrics.Standing;
import io.tributary.metrics.ValueBins;
import io.tributary.tenant.WorkspaceId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.assertj.core.api.SoftAssertions;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Holds the counters of a workspace against a count of its rows. */
public final class Books {
    private final JdbcClient owner;
    private final WorkspaceId workspace;

    private Books(JdbcClient owner, WorkspaceId workspace) {
        this.owner = owner;
        this.workspace = workspace;
    }

    /** The books of a workspace, read as the owner of all tables. */
    public static Books of(TestHub hub, Tenant tenant) {
        return new Books(hub.owner(), tenant.workspace());
    }

    /** Fails unless every counter equals a recount, and the numbers of the events run from 1 on without a gap. */
    public void areBalanced() {
        SoftAssertions softly = new SoftAssertions();
        softly.assertThat(stageCounters()).as("deals by stage").isEqualTo(stagesRecounted());
        softly.assertThat(unconvertedCounters()).as("deals without a rate").isEqualTo(unconvertedRecounted());
        softly.assertThat(histogram()).as("histogram of values").isEqualTo(histogramRecounted());
        softly.assertThat(tallies()).as("tallies of deals").isEqualTo(talliesRecounted());
        softly.assertThat(sourceCounters()).as("records by source").isEqualTo(sourcesRecounted());
        long last = sequence();
        softly.assertThat(sequences().stream().filter(number -> number <= last).toList())
                .as("numbers of the events")
                .isEqualTo(numbersTo(last));
        softly.assertAll();
    }

    /** How many deals are stored. */
    public long deals() {
        return rows("deal");
    }

    /** How many rows of the workspace {@code table} holds. */
    public long rows(String table) {
        return query("select count(*) from " + table + " where " + OWN, (row, n) -> row.getLong(1))
                .get(0);
    }

    /** Where each active deal stands by value, worked out by comparing it with every other. */
    public Map<UUID, Standing> standings() {
        List<Map.Entry<UUID, BigDecimal>> active = query(
                "select deal_id, coalesce(base_value, -1) as value from deal where " + OWN + " and " + ACTIVE,
                (row, n) -> Map.entry(row.getObject(1, UUID.class), row.getBigDecimal(2)));
        Map<UUID, Standing> standings = new TreeMap<>();
        for (Map.Entry<UUID, BigDecimal> deal : active) {
            long greater = active.stream()
                    .filter(other -> other.getValue().compareTo(deal.getValue()) > 0)
                    .count();
            standings.put(deal.getKey(), Standing.of(greater, active.size()));
        }
        return standings;
    }

    private static final String OWN = "tenant_id = :tenant and workspace_id = :workspace";
    private static final String ACTIVE =
            "not spam and archived_at is null and stage not in ('closed_won', 'closed_lost')";

    private SortedMap<String, String> stageCounters() {
        return table("select stage, deals, value, weighted, won_seconds from stage_counter where " + OWN
                + " and (deals, value, weighted, won_seconds) <> (0, 0, 0, 0)");
    }

    private SortedMap<String, String> stagesRecounted() {
        return table("""
                select stage, count(*), coalesce(sum(base_value), 0), coalesce(sum(base_value * probability / 100), 0),
                    coalesce(sum(floor(extract(epoch from stage_entered_at - created_at)))
                        filter (where stage = 'closed_won'), 0)
                from deal where\s""" + OWN + " and not spam and archived_at is null group by stage");
    }

    private SortedMap<String, String> unconvertedCounters() {
        return table("select currency, deals, value from unconverted_counter where " + OWN
                + " and (deals, value) <> (0, 0)");
    }

    private SortedMap<String, String> unconvertedRecounted() {
        return table("select currency, count(*), sum(value) from deal where " + OWN + " and " + ACTIVE
                + " and value is not null and base_value is null group by currency");
    }

    private SortedMap<String, String> histogram() {
        return table("select level || ' from ' || round(floor_cents / 100.0, 2), deals from value_histogram where "
                + OWN + " and deals <> 0");
    }

    private SortedMap<String, String> histogramRecounted() {
        SortedMap<String, Long> bins = new TreeMap<>();
        query(
                        "select base_value from deal where " + OWN + " and " + ACTIVE + " and base_value is not null",
                        (row, n) -> row.getBigDecimal(1))
                .forEach(value -> {
                    bins.merge("0 from " + value.setScale(2), 1L, Long::sum);
                    bins.merge("1 from " + ValueBins.fine(value), 1L, Long::sum);
                    bins.merge("2 from " + ValueBins.coarse(value), 1L, Long::sum);
                });
        SortedMap<String, String> counted = new TreeMap<>();
        bins.forEach((bin, deals) -> counted.put(bin, deals.toString()));
        return counted;
    }

    private SortedMap<String, String> tallies() {
        return table("select kind || ' ' || key, deals, value, weighted, committed from deal_tally where " + OWN
                + " and (deals, value, weighted, committed) <> (0, 0, 0, 0)");
    }

    private SortedMap<String, String> talliesRecounted() {
        return table(
                """
                select tally.name, count(*), coalesce(sum(base_value), 0),
                    coalesce(sum(base_value * probability / 100), 0),
                    coalesce(sum(base_value) filter (where probability >= 70), 0)
                from deal cross join lateral (values
                    (case when stage not in ('closed_won', 'closed_lost')
                        then 'close_month ' || coalesce(to_char(expected_close_date, 'YYYY-MM'), '') end),
                    (case when stage in ('closed_won', 'closed_lost') then 'outcome ' || stage || '/' || source end),
                    (case when stage = 'closed_won'
                        then 'won_month ' || to_char(stage_entered_at at time zone 'UTC', 'YYYY-MM') end),
                    (case when stage = 'closed_lost' then 'lost_reason ' || coalesce(
                        source_metadata ->> 'lost_reason', source_metadata ->> 'closed_lost_reason', '') end)
                ) as tally (name)
                where\s""" + OWN + " and not spam and archived_at is null and tally.name is not null group by tally.name");
    }

    private SortedMap<String, String> sourceCounters() {
        return table("select source, accepted, rejected from source_counter where " + OWN
                + " and (accepted, rejected) <> (0, 0)");
    }

    /** What came one by one is in the audit log, what came in files and batches in the imports. */
    private SortedMap<String, String> sourcesRecounted() {
        return table("""
                select source, sum(accepted), sum(rejected)
                from (
                    select source,
                        count(*) filter (where action in ('deal.created', 'deal.updated', 'deal.unchanged')) as accepted,
                        count(*) filter (where action = 'deal.rejected') as rejected
                    from audit
                    where (OWN) and import_id is null and source is not null and action like 'deal.%'
                    group by source
                    union all
                    select source, count(*), -count(*)
                    from audit
                    where (OWN) and import_id is null and action = 'rejected.replayed'
                    group by source
                    union all
                    select source, sum(created + updated + unchanged), sum(rejected)
                    from import where (OWN) group by source
                ) as heard
                group by source
                having (sum(accepted), sum(rejected)) <> (0, 0)""".replace("OWN", OWN));
    }

    private long sequence() {
        return query("select event_sequence from workspace where " + OWN, (row, n) -> row.getLong(1))
                .get(0);
    }

    private List<Long> sequences() {
        return query("select sequence from event where " + OWN + " order by sequence", (row, n) -> row.getLong(1));
    }

    private static List<Long> numbersTo(long last) {
        List<Long> numbers = new ArrayList<>();
        for (long number = 1; number <= last; number++) {
            numbers.add(number);
        }
        return numbers;
    }

    /** The rows of a query by their first column, amounts without their trailing zeros. */
    private SortedMap<String, String> table(String sql) {
        SortedMap<String, String> table = new TreeMap<>();
        query(sql, (row, n) -> {
            List<String> columns = new ArrayList<>();
            for (int i = 2; i <= row.getMetaData().getColumnCount(); i++) {
                BigDecimal number = row.getBigDecimal(i);
                columns.add(
                        number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString());
            }
            assertThat(table.put(row.getString(1), String.join(" ", columns))).isNull();
            return n;
        });
        return table;
    }

    private <T> List<T> query(String sql, RowMapper<T> mapper) {
        return owner.sql(sql)
                .param("tenant", workspace.tenant())
                .param("workspace", workspace.workspace())
                .query(mapper)
                .list();
    }
}
