package io.tributary.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is bound as an array of texts is what the database has. */
@WithHub
class TextArrayTest {
    static Stream<List<@Nullable String>> columns() {
        return Stream.of(
                List.of(),
                List.of(""),
                Arrays.asList((String) null),
                Arrays.asList("one", null, "three", null),
                List.of("a \"quoted\" {brace}, a \\ and a comma", "NULL", "line\nbreak\tand tab", " spaces "),
                List.of("Größe", "Ελλάδα", "日本語", "👩‍🚀", "a\u0301"),
                List.of("x".repeat(3_000_000), "y"),
                Stream.generate(() -> "row").limit(20_000).map(String::valueOf).toList());
    }

    @ParameterizedTest
    @MethodSource("columns")
    void the_database_has_what_was_bound(List<@Nullable String> column, TestHub hub) throws SQLException {
        assertThat(stored(hub, TextArray.of(column, text -> text))).isEqualTo(column);
    }

    private static List<@Nullable String> stored(TestHub hub, TextArray array) throws SQLException {
        List<@Nullable String> stored = new ArrayList<>();
        try (Connection connection = hub.database().getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "select text from unnest(cast(? as text[])) with ordinality as r (text, n) order by n")) {
            array.bind(statement, 1);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    stored.add(rows.getString(1));
                }
            }
        }
        return stored;
    }
}
