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

    /** A statement as the driver wants it, and the names of its parameters in their order. */
    record Read(String sql, List<String> parameters) {}

    /** For the registry, where routes find it. */
    public StatementTexts() {}

    @Override
    public String prepareQuery(String query, boolean allowNamedParameters) {
        return texts.computeIfAbsent(query, StatementTexts::read).sql();
    }

    static Read read(String query) {
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
        return values(texts.computeIfAbsent(query, StatementTexts::read), given).iterator();
    }

    /** What is given for each parameter of {@code statement}, in their order. */
    static List<@Nullable Object> values(Read statement, Map<?, ?> given) throws SQLException {
        List<@Nullable Object> values = new ArrayList<>(statement.parameters().size());
        for (String name : statement.parameters()) {
            if (!given.containsKey(name)) {
                throw new SQLException("the statement has no value for its parameter " + name);
            }
            values.add(given.get(name));
        }
        return values;
    }

    @Override
    public void populateStatement(PreparedStatement statement, Iterator<?> values, int expectedParams)
            throws SQLException {
        for (int i = 1; i <= expectedParams; i++) {
            bind(statement, i, values.next());
        }
    }

    static void bind(PreparedStatement statement, int parameter, @Nullable Object value) throws SQLException {
        if (value instanceof TextArray array) {
            array.bind(statement, parameter);
        } else {
            statement.setObject(parameter, value);
        }
    }
}
