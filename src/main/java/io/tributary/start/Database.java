package io.tributary.start;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tributary.sql.Statements;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** The database the hub works on: embedded or the operator's own, migrated, with a pool under the application's role. */
public final class Database implements AutoCloseable {
    /** The role that owns no table, so that row-level security holds for it. */
    public static final String APPLICATION_ROLE = "tributary_app";

    private final PGSimpleDataSource owner;
    private final HikariDataSource pool;
    private final @Nullable EmbeddedDatabase embedded;
    private final @Nullable FileChannel ownership;

    private Database(
            PGSimpleDataSource owner,
            HikariDataSource pool,
            @Nullable EmbeddedDatabase embedded,
            @Nullable FileChannel ownership) {
        this.owner = owner;
        this.pool = pool;
        this.embedded = embedded;
        this.ownership = ownership;
    }

    /** Starts what has to be started, brings the schema up to date and opens the pool. */
    public static Database open(Settings settings) throws StartException {
        EmbeddedDatabase embedded = null;
        FileChannel ownership = null;
        try {
            if (settings.embedded()) {
                ownership = own(settings.data());
                embedded = EmbeddedDatabase.start(settings.data());
            }
            PGSimpleDataSource owner = new PGSimpleDataSource();
            owner.setUrl(embedded == null ? settings.databaseUrl() : embedded.url());
            owner.setUser(embedded == null ? settings.databaseUser() : "postgres");
            owner.setPassword(embedded == null ? settings.databasePassword() : null);
            owner.setApplicationName("tributary");
            owner.setTcpKeepAlive(true);
            Flyway.configure()
                    .dataSource(owner)
                    .locations("classpath:db/migration")
                    // A later version may bring a migration that stands before one that is here already.
                    .outOfOrder(true)
                    .connectRetries(settings.embedded() ? 0 : 10)
                    .load()
                    .migrate();
            if (embedded != null) {
                closeInterruptedImports(owner);
            }
            return new Database(owner, pool(owner, settings), embedded, ownership);
        } catch (IOException | FlywayException | SQLException e) {
            closeQuietly(embedded);
            closeQuietly(ownership);
            throw new StartException("opening the database: " + e.getMessage(), e);
        } catch (RuntimeException | Error e) {
            closeQuietly(embedded);
            closeQuietly(ownership);
            throw e;
        }
    }

    /** A hub that was killed could not close its books; nobody else works on this database. */
    private static void closeInterruptedImports(PGSimpleDataSource owner) throws SQLException {
        try (Connection connection = owner.getConnection();
                PreparedStatement close = connection.prepareStatement(Statements.text("close-interrupted-imports"))) {
            close.executeUpdate();
        }
    }

    private static FileChannel own(Path data) throws IOException, StartException {
        Files.createDirectories(data);
        FileChannel channel =
                FileChannel.open(data.resolve("hub.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            lock = null;
        }
        if (lock == null) {
            channel.close();
            throw new StartException(
                    List.of(
                            "another hub works on " + data
                                    + "; stop it, give this one a folder of its own in TRIBUTARY_DATA, or let both share a PostgreSQL by TRIBUTARY_DB_URL"));
        }
        return channel;
    }

    private static HikariDataSource pool(PGSimpleDataSource owner, Settings settings) throws SQLException {
        // Large enough for every statement of the funnel to stay prepared on each connection.
        owner.setPreparedStatementCacheQueries(512);
        owner.setPrepareThreshold(3);
        owner.setConnectTimeout(5);
        owner.setSocketTimeout((int) Duration.ofMinutes(2).toSeconds());
        HikariConfig config = new HikariConfig();
        config.setPoolName("database");
        config.setDataSource(owner);
        config.setMaximumPoolSize(settings.databasePoolSize());
        config.setConnectionTimeout(Duration.ofSeconds(5).toMillis());
        config.setInitializationFailTimeout(Duration.ofSeconds(30).toMillis());
        config.setConnectionInitSql("set role " + APPLICATION_ROLE);
        config.setAutoCommit(true);
        return new HikariDataSource(config);
    }

    public HikariDataSource pool() {
        return pool;
    }

    /** Opens a connection under the application's role that is kept for as long as it lasts, apart from the pool. */
    public Connection connect() throws SQLException {
        Connection connection = owner.getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("set role " + APPLICATION_ROLE);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public void close() {
        pool.close();
        closeQuietly(embedded);
        closeQuietly(ownership);
    }

    private static void closeQuietly(@Nullable AutoCloseable resource) {
        if (resource != null) {
            try {
                resource.close();
            } catch (Exception alreadyGone) {
                // Nothing is left to be done with it.
            }
        }
    }
}
