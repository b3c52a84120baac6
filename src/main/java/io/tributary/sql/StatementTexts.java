package io.tributary.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.component.jdbc.JdbcConstants;
import org.apache.camel.component.jdbc.JdbcPrepareStatementStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Finds the parameters in a statement of {@code resources/sql} once; camel-jdbc would read the whole text again, twice,
 * each time a statement runs, which costs a small batch more than the database does. For the hub's own statements only:
 * each text met is kept.
 */
public final class StatementTexts implements JdbcPrepareStatementStrategy {
    private static final Pattern COMMENT = Pattern.compile("^\\s*--.*\\R?", Pattern.MULTILINE);
    private static final Pattern PARAMETER = Pattern.compile(":\\?(\\w+)");

    private final Map<String, Read> texts = new ConcurrentHashMap<>();

    private record Read(String sql, List<String> parameters) {}

    /** For the registry, where routes find it. */
    public StatementTexts() {}

    @Override
    public String prepareQuery(String query, boolean allowNamedParameters) {
        return texts.computeIfAbsent(query, StatementTexts::read).sql();
    }

    private static Read read(String query) {
        Matcher parameter = PARAMETER.matcher(COMMENT.matcher(query).replaceAll(""));
        List<String> names = new ArrayList<>();
        StringBuilder sql = new StringBuilder();
        while (parameter.find()) {
            names.add(parameter.group(1));
            parameter.appendReplacement(sql, "?");
        }
        return new Read(parameter.appendTail(sql).toString(), List.copyOf(names));
    }

    @Override
    public Iterator<?> createPopulateIterator(
            String query, String preparedQuery, int expectedParams, Exchange exchange, @Nullable Object value)
            throws SQLException {
        Map<?, ?> given = exchange.getIn().getHeader(JdbcConstants.JDBC_PARAMETERS, Map.class);
        List<@Nullable Object> values = new ArrayList<>(expectedParams);
        for (String name : texts.computeIfAbsent(query, StatementTexts::read).parameters()) {
            if (!given.containsKey(name)) {
                throw new SQLException("the statement has no value for its parameter " + name);
            }
            values.add(given.get(name));
        }
        return values.iterator();
    }

    @Override
    public void populateStatement(PreparedStatement statement, Iterator<?> values, int expectedParams)
            throws SQLException {
        for (int i = 1; i <= expectedParams; i++) {
            Object value = values.next();
            if (value instanceof TextArray array) {
                array.bind(statement, i);
            } else {
                statement.setObject(i, value);
            }
        }
    }
}
