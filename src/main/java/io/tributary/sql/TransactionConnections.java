package io.tributary.sql;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.apache.camel.component.jdbc.ConnectionStrategy;
import org.springframework.jdbc.datasource.DataSourceUtils;

/**
 * Gives camel-jdbc the connection of the running transaction. Camel closes what it was given as soon as an exchange is
 * done, also one inside a split whose transaction goes on, and asks the server to describe a statement only to learn
 * how many parameters it has: the first would end the transaction, the second doubles the round trips.
 */
public final class TransactionConnections implements ConnectionStrategy {
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();

    @Override
    public Connection getConnection(DataSource dataSource) throws SQLException {
        Connection connection = DataSourceUtils.getConnection(dataSource);
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.getName().equals("close")) {
                DataSourceUtils.releaseConnection(connection, dataSource);
                return null;
            }
            Object result = invoke(() -> method.invoke(connection, arguments));
            return result instanceof PreparedStatement statement && arguments != null
                    ? counted(statement, parameters((String) arguments[0]))
                    : result;
        };
        return (Connection)
                Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Connection.class}, handler);
    }

    @Override
    public boolean isConnectionTransactional(Connection connection, DataSource dataSource) {
        // Whether it is or not, closing what was given here does the right thing.
        return false;
    }

    private static PreparedStatement counted(PreparedStatement statement, int parameters) {
        ParameterMetaData count = (ParameterMetaData) Proxy.newProxyInstance(
                TransactionConnections.class.getClassLoader(),
                new Class<?>[] {ParameterMetaData.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("getParameterCount")) {
                        return parameters;
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
        return (PreparedStatement) Proxy.newProxyInstance(
                TransactionConnections.class.getClassLoader(),
                new Class<?>[] {PreparedStatement.class},
                (proxy, method, arguments) -> method.getName().equals("getParameterMetaData")
                        ? count
                        : invoke(() -> method.invoke(statement, arguments)));
    }

    /** Our statements use the question mark for parameters alone. */
    private int parameters(String sql) {
        return counts.computeIfAbsent(sql, text ->
                (int) text.chars().filter(character -> character == '?').count());
    }

    private interface Invocation {
        Object invoke() throws ReflectiveOperationException;
    }

    private static Object invoke(Invocation invocation) throws Throwable {
        try {
            return invocation.invoke();
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
