package io.tributary.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.sql.Statements;
import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

/**
 * Taking a deal costs the same however many there are: each statement meets stored rows by their whole key, also as it
 * is planned while the tables are almost empty, since such a plan is kept.
 */
@WithHub
class StatementPlansTest {

    @ParameterizedTest
    @CsvSource({
        "identify-deals, external_key, external_id",
        "identify-deals, deal, match_key|deal_id",
        "identify-leads, lead, lead_id",
        "claim-idempotency-keys, idempotency, key",
        "rank-values, value_histogram, level",
        "record-events, workspace, workspace_id",
        "identify-deals, merged_name, match_key",
        "find-lookalikes, likeness, key",
        "find-lookalikes, deal, deal_id",
        "find-open-pairs, duplicate_pair, first_deal|second_deal",
        "delete-deals, activity, deal_id",
        "delete-deals, deal, deal_id",
        "identify-named-deals, deal, deal_id",
        "lock-rejected, rejected, rejected_id",
        "release-rejected, import, import_id"
    })
    void stored_rows_are_met_by_their_key(String statement, String table, String keyColumn, TestHub hub)
            throws SQLException {
        List<String> plan = plan(statement, hub);

        List<String> scans = new ArrayList<>();
        for (int i = 0; i < plan.size(); i++) {
            if (plan.get(i).matches(".* on " + table + "\\b.*")) {
                scans.add(plan.get(i) + " / " + (i + 1 < plan.size() ? plan.get(i + 1) : ""));
            }
        }
        assertThat(scans)
                .as(String.join("\n", plan))
                .isNotEmpty()
                .allMatch(scan -> scan.matches(".*(Index|Bitmap|Update on|Delete on).*"))
                .filteredOn(scan -> scan.matches(".*(Index|Bitmap).*"))
                // A bitmap tells what it looked for as what it checks again.
                .allMatch(scan -> scan.matches(".*(Index|Recheck) Cond: .*\\b(" + keyColumn + ") (=|>).*"));
    }

    @ParameterizedTest
    @CsvSource({
        "insert-deals",
        "update-deals",
        "insert-leads",
        "update-leads",
        "insert-external-keys",
        "touch-external-keys",
        "quarantine-records",
        "count-batch",
        "remember-answers"
    })
    void rows_are_written_without_reading_any_table(String statement, TestHub hub) throws SQLException {
        assertThat(plan(statement, hub)).noneMatch(line -> line.matches(".*(Seq|Index|Heap).* Scan.*"));
    }

    /** The plan for any parameters, under the conditions that the funnel's first statement sets. */
    private static List<String> plan(String statement, TestHub hub) throws SQLException {
        PGSimpleDataSource database = (PGSimpleDataSource) hub.database();
        // The only way to ask without saying what the parameters are.
        database.setPreferQueryMode(PreferQueryMode.SIMPLE);
        try (Connection connection = database.getConnection();
                Statement sql = connection.createStatement()) {
            connection.setAutoCommit(false);
            sql.execute("set local role tributary_app");
            Matcher settings =
                    Pattern.compile("set_config\\('(\\w+)', '(\\w+)', true\\)").matcher(text("enter-workspace"));
            while (settings.find()) {
                sql.execute("set local " + settings.group(1) + " = " + settings.group(2));
            }
            List<String> plan = new ArrayList<>();
            try (ResultSet lines = sql.executeQuery("explain (generic_plan) " + numbered(text(statement)))) {
                while (lines.next()) {
                    plan.add(lines.getString(1).strip());
                }
            }
            connection.rollback();
            return plan;
        }
    }

    private static String text(String statement) {
        return Statements.text(statement);
    }

    private static String numbered(String statement) {
        Matcher parameters = Pattern.compile(":\\?\\w+").matcher(statement);
        StringBuilder numbered = new StringBuilder();
        for (int i = 1; parameters.find(); i++) {
            parameters.appendReplacement(numbered, "\\$" + i);
        }
        return parameters.appendTail(numbered).toString();
    }
}
