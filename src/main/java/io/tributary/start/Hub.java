package io.tributary.start;

import io.tributary.admin.KeyAdministration;
import io.tributary.admin.SettingsAdministration;
import io.tributary.admin.TenantAdministration;
import io.tributary.backtest.Backtests;
import io.tributary.command.Edits;
import io.tributary.command.Rescorings;
import io.tributary.http.BodyLimits;
import io.tributary.http.Gate;
import io.tributary.http.HealthCheck;
import io.tributary.http.HubHttpServerFactory;
import io.tributary.http.Intake;
import io.tributary.http.Respond;
import io.tributary.ingest.Commands;
import io.tributary.ingest.Doorway;
import io.tributary.ingest.Funnel;
import io.tributary.ingest.GroupCommit;
import io.tributary.ingest.Imports;
import io.tributary.ingest.Mappings;
import io.tributary.ingest.Once;
import io.tributary.ingest.ReadAhead;
import io.tributary.insight.InsightDesk;
import io.tributary.norms.DealHealth;
import io.tributary.norms.NormsStore;
import io.tributary.openapi.ApiDocument;
import io.tributary.openapi.ApiPage;
import io.tributary.pipeline.Deals;
import io.tributary.pipeline.Feeds;
import io.tributary.pipeline.ImportBook;
import io.tributary.pipeline.KeyList;
import io.tributary.pipeline.Leads;
import io.tributary.pipeline.Overview;
import io.tributary.pipeline.PipelineMetrics;
import io.tributary.pipeline.SalesMetrics;
import io.tributary.pipeline.ScoreBook;
import io.tributary.pipeline.SourceStates;
import io.tributary.pipeline.TrendBook;
import io.tributary.quarantine.QuarantineBeans;
import io.tributary.tenant.Keys;
import io.tributary.tenant.TenantDatabase;
import io.tributary.tenant.TenantSettingsStore;
import io.tributary.tenant.Tenants;
import io.tributary.undo.PastDeals;
import io.tributary.webform.SubmissionRate;
import io.tributary.webform.WebForm;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spring.spi.SpringTransactionPolicy;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** The whole hub, from its settings to its running routes: what is wired to what stands here. */
public final class Hub implements AutoCloseable {
    /** How long a file may still be worked on when the hub stops; well below Camel's own shutdown timeout. */
    private static final Duration DRAIN = Duration.ofSeconds(15);

    private final Settings settings;
    private final Database database;
    private final Main main;
    private @Nullable LiveWiring live;
    private @Nullable RouteFileWiring ownFiles;
    private @Nullable MetricsWiring metrics;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private @Nullable PageWiring pages;

    private Hub(Settings settings, Database database, Main main) {
        this.settings = settings;
        this.database = database;
        this.main = main;
    }

    /** Starts a hub; it takes deals when this returns. */
    public static Hub start(Settings settings) throws Exception {
        Database database = Database.open(settings);
        Main main = new Main();
        try {
            Hub hub = new Hub(settings, database, main);
            hub.wire();
            main.start();
            java.util.Objects.requireNonNull(hub.ownFiles).start(main.getCamelContext());
            java.util.Objects.requireNonNull(hub.metrics).watch(main.getCamelContext());
            Runtime.getRuntime().addShutdownHook(new Thread(hub::close, "hub-stop"));
            return hub;
        } catch (Exception e) {
            main.stop();
            database.close();
            throw e;
        }
    }

    private void wire() throws IOException, StartException {
        String adminKey = settings.adminKey() == null
                ? SecretFile.readOrCreate(settings.data().resolve("admin-key"), "tadm_")
                : settings.adminKey();
        DataSourceTransactionManager transactions = new DataSourceTransactionManager(database.pool());
        TenantDatabase tenantDatabase = new TenantDatabase(database.pool(), transactions);
        Keys keys = new Keys(tenantDatabase);
        TenantSettingsStore tenantSettings = new TenantSettingsStore(tenantDatabase);
        Tenants tenants = new Tenants(tenantDatabase, keys, tenantSettings);
        FirstTenant.createOnce(settings, tenants);
        pages = new PageWiring(settings, tenantDatabase, keys);
        Mappings mappings = new Mappings();
        BuiltIn.mappings().forEach(mappings::put);
        Leftovers.clear(settings.data(), settings.embedded());
        Path uploads = Files.createDirectories(settings.data().resolve("uploads"));

        LiveWiring wiring = new LiveWiring(database, tenantDatabase, keys);
        live = wiring;
        wiring.bind(main, tenantDatabase);
        RouteFileWiring files = RouteFileWiring.bind(main, settings, mappings, tenants);
        ownFiles = files;
        metrics = MetricsWiring.bind(main, database.pool());
        main.setOverrideProperties(MainProperties.of(settings, files.replaced()));
        main.bind("dataSource", database.pool());
        main.bind("transactionManager", transactions);
        main.bind("ownOrJoined", policy(transactions, "PROPAGATION_NESTED"));
        main.bind("required", policy(transactions, "PROPAGATION_REQUIRED"));
        main.bind("connectionStrategy", new io.tributary.sql.TransactionConnections());
        Gate gate = new Gate(keys, pages.sessions(), pages.cookie(), adminKey);
        main.bind("statementTexts", new io.tributary.sql.StatementTexts());
        main.bind(
                "httpServerFactory",
                new HubHttpServerFactory(
                        gate,
                        new BodyLimits(uploads.toString()),
                        new HealthCheck(
                                database.pool(),
                                adminKey,
                                Probes.of(this::funnel, settings.data(), files.files(), main::getCamelContext)),
                        wiring.doors(settings.liveOrigins(), pages.doors())));
        main.bind(
                "vertxOptions",
                new VertxOptions()
                        .setWorkerPoolSize(settings.workerThreads())
                        .setFileSystemOptions(new FileSystemOptions()
                                .setFileCacheDir(uploads.resolve("cache").toString())));
        main.bind("intake", new Intake());
        main.bind("respond", new Respond());
        NormsStore norms = new NormsStore(tenantDatabase);
        DealHealth healths = new DealHealth(tenantSettings, norms);
        Funnel funnel = new Funnel(tenantSettings, norms);
        main.bind("norms", norms);
        main.bind("backtests", new Backtests(new PastDeals(tenantDatabase), norms, tenantSettings));
        main.bind("rescorings", new Rescorings(tenantDatabase, tenantSettings));
        main.bind("funnel", funnel);
        main.bind("mappings", mappings);
        Imports imports = new Imports(tenantDatabase);
        main.bind("imports", imports);
        FileWiring.bind(main, settings.data(), tenantDatabase, tenantSettings, tenants, mappings, imports);
        main.bind("writeFailure", new io.tributary.ingest.WriteFailure());
        main.bind("funnelStatements", new io.tributary.ingest.FunnelStatements());
        main.bind("gatheredStatements", new io.tributary.ingest.GatheredStatements(database.pool()));
        main.bind("funnelMeter", new io.tributary.ingest.FunnelMeter());
        ConnectionWiring.bind(main, settings, tenantDatabase);
        InsightDesk insights = InsightWiring.bind(main, settings, tenantDatabase, healths);
        bindReadingSide(tenantDatabase, healths, insights);
        QuarantineBeans rejected = QuarantineBeans.of(tenantDatabase, tenantSettings, mappings, uploads);
        main.bind("rejectedRecords", rejected.records());
        main.bind("rejectedTable", rejected.table());
        main.bind("replays", rejected.replays());
        main.bind("once", new Once(tenantDatabase));
        bindAdministration(tenants, tenantDatabase, tenantSettings);
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterConfigure(BaseMainSupport configured) {
                wiring.addServices(configured.getCamelContext());
                addServices(configured.getCamelContext(), mappings, tenantDatabase, tenantSettings, funnel);
                HubSpotWiring.bind(configured.getCamelContext(), gate, settings, tenantDatabase, mappings);
                SalesforceWiring.bind(configured.getCamelContext(), tenantDatabase, mappings);
                AutomationWiring.bind(configured.getCamelContext(), tenantDatabase, tenantSettings);
            }
        });
    }

    private @Nullable GroupCommit funnel() {
        CamelContext context = main.getCamelContext();
        return context == null ? null : context.getRegistry().findSingleByType(GroupCommit.class);
    }

    private void bindReadingSide(TenantDatabase tenantDatabase, DealHealth healths, InsightDesk insights) {
        main.bind("deals", new Deals(tenantDatabase, healths, insights));
        main.bind("leads", new Leads(tenantDatabase));
        main.bind("importBook", new ImportBook(tenantDatabase));
        main.bind("feeds", new Feeds(tenantDatabase));
        main.bind("pipelineMetrics", new PipelineMetrics(tenantDatabase));
        main.bind("salesMetrics", new SalesMetrics(tenantDatabase));
        main.bind("trendBook", new TrendBook(tenantDatabase));
        main.bind("scoreBook", new ScoreBook(tenantDatabase));
        main.bind("overview", new Overview(tenantDatabase, healths));
        main.bind("sourceStates", new SourceStates(tenantDatabase));
    }

    private void bindAdministration(
            Tenants tenants, TenantDatabase tenantDatabase, TenantSettingsStore tenantSettings) {
        Supplier<String> newKey = () -> SecretFile.generate("trib_");
        Path inbox = settings.data().resolve("inbox");
        main.bind("tenantAdministration", new TenantAdministration(tenants, newKey, new DropFolders(inbox)::make));
        main.bind("keyAdministration", new KeyAdministration(tenants, new KeyList(tenantDatabase), newKey));
        main.bind("settingsAdministration", new SettingsAdministration(tenants, tenantSettings));
    }

    private static void addServices(
            CamelContext context,
            Mappings mappings,
            TenantDatabase tenantDatabase,
            TenantSettingsStore tenantSettings,
            Funnel funnel) {
        try {
            context.getRegistry().bind("readAhead", new ReadAhead(context, funnel));
            GroupCommit groupCommit = new GroupCommit(context);
            context.getRegistry().bind("groupCommit", groupCommit);
            Doorway doorway = new Doorway(mappings, groupCommit);
            context.getRegistry().bind("doorway", doorway);
            Commands commands = new Commands(groupCommit);
            context.getRegistry().bind("commands", commands);
            UndoWiring.bind(context.getRegistry(), tenantDatabase, commands);
            context.getRegistry().bind("apiDocument", new ApiDocument(context));
            context.getRegistry().bind("apiPage", new ApiPage());
            context.getRegistry()
                    .bind(
                            "edits",
                            new Edits(
                                    commands,
                                    mappings,
                                    tenantSettings,
                                    context.getRegistry().findSingleByType(Leads.class)));
            MailWiring.bindTo(context.getRegistry(), mappings, groupCommit);
            context.getRegistry().bind("webForm", new WebForm(doorway, new SubmissionRate()));
            context.addService(groupCommit);
            BuiltIn.addStatements(context);
        } catch (Exception e) {
            throw new IllegalStateException("adding the hub's own services", e);
        }
    }

    private static SpringTransactionPolicy policy(DataSourceTransactionManager transactions, String propagation) {
        SpringTransactionPolicy policy = new SpringTransactionPolicy();
        policy.setTransactionManager(transactions);
        policy.setPropagationBehaviorName(propagation);
        return policy;
    }

    /** Where a person signs in, by a link that works once. */
    public String signInUrl() throws IOException {
        return Objects.requireNonNull(pages).signInUrl();
    }

    public CamelContext camelContext() {
        return main.getCamelContext();
    }

    /** Waits until the hub is stopped. */
    public void awaitStop() throws InterruptedException {
        stopped.await();
    }

    /** Takes nothing new, answers what was taken, then stops the database. */
    @Override
    public void close() {
        if (stopping.compareAndSet(false, true)) {
            try {
                camelContext().getRegistry().findSingleByType(Imports.class).stop(DRAIN);
                main.stop();
            } finally {
                if (live != null) {
                    live.close();
                }
                if (metrics != null) {
                    metrics.close();
                }
                database.close();
                stopped.countDown();
            }
        }
    }
}
