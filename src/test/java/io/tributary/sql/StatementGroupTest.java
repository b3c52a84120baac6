package io.tributary.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Statements that are sent together, as PostgreSQL runs them. */
@WithHub
class StatementGroupTest {
    private Connection connection;

    @BeforeEach
    void open(TestHub hub) throws SQLException {
        connection = hub.database().getConnection();
        connection.setAutoCommit(false);
        connection.createStatement().execute("create temporary table test_note (note text not null) on commit drop");
    }

    @AfterEach
    void close() throws SQLException {
        connection.rollback();
        connection.close();
    }

    @Test
    void each_sees_what_those_before_it_have_done_and_has_parameters_of_its_own() throws SQLException {
        StatementGroup group = new StatementGroup();
        group.add("test-note", Map.of("notes", TextArray.of(List.of("a", "bcd", "ef"), Function.identity())));
        group.add("test-forget", Map.of("note", "a"));
        group.add("test-notes", Map.of("notes", "ef"));

        Map<String, List<Map<String, Object>>> results = group.run(connection);

        assertThat(results.keySet()).containsExactly("test-note", "test-forget", "test-notes");
        assertThat(results.get("test-note")).isEmpty();
        assertThat(results.get("test-forget")).containsExactly(Map.of("note", "a"));
        assertThat(results.get("test-notes")).containsExactly(Map.of("note", "bcd", "length", 3));
    }

    @Test
    void it_runs_as_often_as_a_connection_lives() throws SQLException {
        // The driver prepares a statement on the server when it has met it some times.
        for (int i = 0; i < 20; i++) {
            StatementGroup group = new StatementGroup();
            group.add("test-note", Map.of("notes", TextArray.of(List.of("note " + i), Function.identity())));
            group.add("test-notes", Map.of("notes", "none"));

            assertThat(group.run(connection).get("test-notes")).hasSize(i + 1);
        }
    }

    @Test
    void one_that_fails_is_told_as_the_database_tells_it() {
        StatementGroup group = new StatementGroup();
        group.add("test-forget", Map.of("note", "a"));
        String[] notes = {null};
        group.add("test-note", Map.of("notes", notes));

        assertThatThrownBy(() -> group.run(connection))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        failure -> assertThat(failure.getSQLState()).isEqualTo("23502"));
    }

    @Test
    void a_parameter_without_a_value_is_a_fault() {
        StatementGroup group = new StatementGroup();
        group.add("test-forget", Map.of("notes", "a"));

        assertThatThrownBy(() -> group.run(connection)).hasMessageContaining("parameter note");
    }

    @Test
    void no_statement_is_in_it_twice() {
        StatementGroup group = new StatementGroup();
        group.add("test-forget", Map.of("note", "a"));

        assertThatThrownBy(() -> group.add("test-forget", Map.of("note", "b"))).hasMessageContaining("test-forget");
    }
}
