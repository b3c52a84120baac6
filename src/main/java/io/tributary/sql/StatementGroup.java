package io.tributary.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Statements of {@code resources/sql} that are sent together and run one after the other, each seeing what those before it
 * have done: one wait for the database in place of one for each. The driver prepares each of them by itself.
 */
public final class StatementGroup {
    private static final Map<String, StatementTexts.Read> READ = new ConcurrentHashMap<>();
    private static final Map<List<String>, String> TEXTS = new ConcurrentHashMap<>();

    private final Map<String, Map<String, @Nullable Object>> statements = new LinkedHashMap<>();

    /**
     * Adds a statement to the end.
     *
     * @throws IllegalStateException when it is there already
     */
    public void add(String statement, Map<String, @Nullable Object> parameters) {
        if (statements.putIfAbsent(statement, parameters) != null) {
            throw new IllegalStateException("statement " + statement + " is in the group already");
        }
    }

    public boolean isEmpty() {
        return statements.isEmpty();
    }

    /** Runs the statements: the rows that each gave, none for one that gives none. */
    public Map<String, List<Map<String, @Nullable Object>>> run(Connection connection) throws SQLException {
        List<String> names = List.copyOf(statements.keySet());
        String text = TEXTS.computeIfAbsent(names, StatementGroup::text);
        List<@Nullable Object> values = new ArrayList<>();
        for (Map.Entry<String, Map<String, @Nullable Object>> each : statements.entrySet()) {
            values.addAll(StatementTexts.values(read(each.getKey()), each.getValue()));
        }
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            for (int i = 0; i < values.size(); i++) {
                StatementTexts.bind(statement, i + 1, values.get(i));
            }
            Map<String, List<Map<String, @Nullable Object>>> results = new LinkedHashMap<>();
            boolean gaveRows = statement.execute();
            for (String name : names) {
                results.put(name, gaveRows ? rows(statement) : List.of());
                gaveRows = statement.getMoreResults();
            }
            return results;
        }
    }

    private static StatementTexts.Read read(String name) {
        return READ.computeIfAbsent(name, any -> StatementTexts.read(Statements.text(any)));
    }

    private static String text(List<String> names) {
        return String.join(";\n", names.stream().map(name -> read(name).sql()).toList());
    }

    private static List<Map<String, @Nullable Object>> rows(PreparedStatement statement) throws SQLException {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        try (ResultSet result = statement.getResultSet()) {
            ResultSetMetaData columns = result.getMetaData();
            int count = columns.getColumnCount();
            while (result.next()) {
                Map<String, @Nullable Object> row = new LinkedHashMap<>();
                for (int i = 1; i <= count; i++) {
                    row.put(columns.getColumnLabel(i).toLowerCase(Locale.ROOT), result.getObject(i));
                }
                rows.add(row);
            }
        }
        return rows;
    }
}
