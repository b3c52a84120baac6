package io.tributary.testing;

import io.tributary.start.Hub;
import io.tributary.start.SecretFile;
import io.tributary.start.Settings;
import io.tributary.tenant.Keys;
import io.tributary.tenant.Scope;
import io.tributary.tenant.TenantDatabase;
import io.tributary.tenant.TenantSettings;
import io.tributary.tenant.TenantSettingsStore;
import io.tributary.tenant.Tenants;
import io.tributary.tenant.WorkspaceId;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.util.FileSystemUtils;

/** A running hub over a PostgreSQL of its own, seen from outside: its address, its tenants and its tables. */
public final class TestHub implements AutoCloseable {
    /** The key to its {@code /api/admin}. */
    public static final String ADMIN_KEY = "admin-key-of-the-test-run";

    private static final AtomicInteger TENANTS = new AtomicInteger();

    private final EmbeddedPostgres postgres;
    private final Path data;
    private final String url;
    private final Hub hub;
    private final JdbcClient owner;
    private final Tenants tenants;

    private TestHub(EmbeddedPostgres postgres, Path data, int port, Hub hub) {
        this.postgres = postgres;
        this.data = data;
        this.url = "http://localhost:" + port;
        this.hub = hub;
        DataSource database = postgres.getPostgresDatabase();
        this.owner = JdbcClient.create(database);
        TenantDatabase asOwner = new TenantDatabase(database, new DataSourceTransactionManager(database));
        this.tenants = new Tenants(asOwner, new Keys(asOwner), new TenantSettingsStore(asOwner));
    }

    static TestHub start() {
        try {
            EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                    .setLocaleConfig("locale", "C.UTF-8")
                    .setServerConfig("max_connections", "200")
                    .start();
            Path data = Files.createTempDirectory("tributary-test");
            int port = freePort();
            Settings settings = Settings.read(environment(postgres, data, port)::get, new Properties());
            return new TestHub(postgres, data, port, Hub.start(settings));
        } catch (Exception e) {
            throw new IllegalStateException("starting the hub of the test run", e);
        }
    }

    private static Map<String, String> environment(EmbeddedPostgres postgres, Path data, int port) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PORT", Integer.toString(port));
        environment.put("TRIBUTARY_DATA", data.toString());
        environment.put("TRIBUTARY_ROUTES", data.resolve("routes").toString());
        environment.put("TRIBUTARY_DB_URL", "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres");
        environment.put("TRIBUTARY_DB_USER", "postgres");
        environment.put("TRIBUTARY_ADMIN_KEY", ADMIN_KEY);
        environment.put("TRIBUTARY_SECRET_KEY", "secret-key-of-the-test-run");
        environment.put("TRIBUTARY_ALLOW_PRIVATE_TARGETS", "true");
        return environment;
    }

    /** A port that nothing listens on now. */
    public static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    /** Where the hub answers, without a trailing slash. */
    public String url() {
        return url;
    }

    /** A fresh link that signs in to the tenant made at the first start. */
    public String signInUrl() {
        try {
            return hub.signInUrl();
        } catch (IOException e) {
            throw new UncheckedIOException("making a link to sign in", e);
        }
    }

    /** The folder that {@code TRIBUTARY_DATA} names. */
    public Path data() {
        return data;
    }

    public CamelContext camelContext() {
        return hub.camelContext();
    }

    /** SQL as the owner of all tables, for whom row-level security does not hold. */
    public JdbcClient owner() {
        return owner;
    }

    /** Transactions of one tenant, as the hub itself has them. */
    public TenantDatabase tenantDatabase() {
        DataSource pool = hub.camelContext().getRegistry().lookupByNameAndType("dataSource", DataSource.class);
        return new TenantDatabase(pool, new DataSourceTransactionManager(pool));
    }

    /** Connections as the owner of all tables. */
    public DataSource database() {
        return postgres.getPostgresDatabase();
    }

    /** A caller with the admin key. */
    public Caller admin() {
        return new Caller(url, ADMIN_KEY);
    }

    /** A caller without any key. */
    public Caller stranger() {
        return new Caller(url, null);
    }

    /** A new tenant with the settings every tenant starts with. */
    public Tenant tenant() {
        return tenant(TenantSettings.INITIAL);
    }

    /** A new tenant. */
    public Tenant tenant(TenantSettings settings) {
        WorkspaceId workspace = new WorkspaceId("t" + TENANTS.incrementAndGet(), "main");
        String key = SecretFile.generate("trib_");
        Set<Scope> scopes = EnumSet.complementOf(EnumSet.of(Scope.FORM));
        tenants.create(workspace.tenant(), "Test", workspace.workspace(), settings, key, scopes);
        return new Tenant(this, workspace, key);
    }

    String newKey(WorkspaceId workspace, Set<Scope> scopes) {
        String key = SecretFile.generate("trib_");
        tenants.createKey(workspace, "test", key, scopes, null, "test");
        return key;
    }

    /** A second hub on the same database, in a process of its own; close it to end it. */
    public HubProcess secondProcess() {
        return secondProcess(Map.of());
    }

    /** The same with further settings. */
    public HubProcess secondProcess(Map<String, String> more) {
        try {
            Path itsData = Files.createTempDirectory("tributary-test");
            int port = freePort();
            Map<String, String> environment = environment(postgres, itsData, port);
            environment.putAll(more);
            return HubProcess.start(environment, "http://localhost:" + port, itsData);
        } catch (IOException e) {
            throw new UncheckedIOException("starting a second hub", e);
        }
    }

    @Override
    public void close() throws IOException {
        hub.close();
        postgres.close();
        FileSystemUtils.deleteRecursively(data);
    }
}
