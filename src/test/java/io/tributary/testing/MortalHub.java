package io.tributary.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A hub with the database that comes with it, in processes of their own, that a test kills and starts again. */
public final class MortalHub implements AutoCloseable {
    private static final int STOPPING_SECONDS = 60;
    private static final int LINE_OF_PROCESS = 0;
    private static final int LINE_OF_PORT = 3;

    private final Path data;
    private final int port;
    private final Map<String, String> settings;
    private @Nullable Process process;

    /** @param data the folder of its database and files, which outlives it */
    public MortalHub(Path data) throws IOException {
        this(data, Map.of());
    }

    private MortalHub(Path data, Map<String, String> settings) throws IOException {
        this.data = data;
        this.port = TestHub.freePort();
        this.settings = settings;
    }

    /** Another hub on the database of this one, which runs. */
    public MortalHub another(Path folder) throws IOException {
        return new MortalHub(
                folder,
                Map.of(
                        "TRIBUTARY_DB_URL", databaseUrl(),
                        "TRIBUTARY_DB_USER", "postgres",
                        "TRIBUTARY_SECRET_KEY",
                                Files.readString(data.resolve("secret-key")).strip()));
    }

    /** Starts it and returns when it is ready. */
    public void start() throws IOException {
        Path log = data.resolveSibling("hub.log");
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("TRIBUTARY_DATA", data.toString());
        environment.put("PORT", Integer.toString(port));
        Process started = HubProcess.builder(environment)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        process = started;
        BufferedReader out = started.inputReader();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("Tributary is ready")) {
                return;
            }
        }
        throw new AssertionError("the hub does not start: " + Files.readString(log));
    }

    /** Ends it at once, as {@code kill -9} does, and its database first where that is asked for. */
    public void kill(boolean databaseToo) throws IOException, InterruptedException {
        if (databaseToo) {
            ProcessHandle.of(Long.parseLong(postmaster(LINE_OF_PROCESS))).ifPresent(ProcessHandle::destroyForcibly);
        }
        Objects.requireNonNull(process).destroyForcibly().waitFor();
    }

    private String postmaster(int line) throws IOException {
        return Files.readAllLines(data.resolve("postgres/postmaster.pid"))
                .get(line)
                .strip();
    }

    /** Where it answers, without a trailing slash. */
    public String url() {
        return "http://localhost:" + port;
    }

    /** The key of its first tenant. */
    public String key() {
        try {
            return Files.readString(data.resolve("api-key")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A caller of its first tenant. */
    public Caller caller() {
        return new Caller(url(), key());
    }

    /** What a query with one number for its answer gives, of all tenants; 0 without a row. */
    public long count(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /** Waits until such a query gives that much. */
    public void awaitCount(String query, long least) {
        Eventually.becomesTrue(Duration.ofSeconds(60), () -> count(query) >= least);
    }

    /** Changes something in its database, of all tenants. */
    public void execute(String statement) throws SQLException {
        try (Connection connection = connect();
                Statement change = connection.createStatement()) {
            change.execute(statement);
        }
    }

    /** Changes something, of all tenants, in a transaction that ends when it is closed. */
    public Connection hold(String statement) throws SQLException {
        Connection connection = connect();
        connection.setAutoCommit(false);
        try (Statement change = connection.createStatement()) {
            change.execute(statement);
        }
        return connection;
    }

    private Connection connect() throws SQLException {
        try {
            return DriverManager.getConnection(databaseUrl(), "postgres", null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String databaseUrl() throws IOException {
        return "jdbc:postgresql://localhost:" + postmaster(LINE_OF_PORT) + "/postgres";
    }

    /** Stops it as an operator does. */
    @Override
    public void close() {
        Process running = process;
        if (running != null) {
            running.destroy();
            try {
                if (!running.waitFor(STOPPING_SECONDS, TimeUnit.SECONDS)) {
                    running.destroyForcibly();
                }
            } catch (InterruptedException e) {
                running.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
