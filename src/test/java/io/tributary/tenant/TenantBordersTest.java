package io.tributary.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.testing.AnyRow;
import io.tributary.testing.Reply;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** No tenant sees another, because the database says so; a table that is added without saying so turns this red. */
@WithHub
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TenantBordersTest {
    private TestHub hub;
    private Tenant tenant;
    private Tenant other;

    @BeforeAll
    void fillEveryTable(TestHub shared, Tenant one, Tenant another) {
        hub = shared;
        tenant = one;
        other = another;
        fill(tenant);
        fill(other);
    }

    private static void fill(Tenant tenant) {
        tenant.post(
                "/bulk",
                List.of(
                        Map.of(
                                "name", "Renewal",
                                "company", "Orchard",
                                "value", 5,
                                "external_id", "e-1",
                                "contact_email", "ann@orchard.example"),
                        Map.of("name", "Parts", "value", 5, "currency", "JPY"),
                        Map.of("value", "twelve")));
        Reply changed = tenant.post(
                "/api", Map.of("name", "Renewal", "external_id", "e-1", "value", 6), "Idempotency-Key", "k");
        assertThat(changed.textAt("/action")).isEqualTo("updated");
    }

    List<String> tables() {
        return hub.owner().sql("""
                        select c.relname from pg_class as c join pg_attribute as a on a.attrelid = c.oid
                        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
                            and a.attname = 'tenant_id' and not a.attisdropped
                        """).query(String.class).list();
    }

    @ParameterizedTest
    @MethodSource("tables")
    void without_a_tenant_a_table_reads_empty(String table) {
        for (String nobody : new @Nullable String[] {null, ""}) {
            asApplication(
                    nobody,
                    table,
                    (client, stored) ->
                            assertThat(count(client, table, tenant.id())).isZero());
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void a_tenant_sees_its_own_rows_and_no_other(String table) {
        asApplication(tenant.id(), table, (client, stored) -> {
            assertThat(count(client, table, tenant.id())).isEqualTo(stored);
            assertThat(client.sql("select count(*) from " + table + " where tenant_id <> ?")
                            .param(tenant.id())
                            .query(Long.class)
                            .single())
                    .isZero();
        });
    }

    @ParameterizedTest
    @MethodSource("tables")
    void another_tenants_rows_can_be_neither_changed_nor_deleted_nor_forged(String table) {
        asApplication(other.id(), table, (client, stored) -> {
            client.sql("select set_config('app.tenant_id', ?, true)")
                    .param(tenant.id())
                    .query(String.class)
                    .single();
            client.sql("delete from " + table + " where tenant_id = ?")
                    .param(other.id())
                    .update();
            if (!table.equals("audit")) {
                assertThat(client.sql("update " + table + " set tenant_id = tenant_id where tenant_id = ?")
                                .param(other.id())
                                .update())
                        .isZero();
            }
            client.sql("reset role").update();
            assertThat(count(client, table, other.id())).isEqualTo(stored);
        });
        assertThatThrownBy(() -> asApplication(
                        tenant.id(),
                        table,
                        (client, stored) -> client.sql("update " + table + " set tenant_id = ? where tenant_id = ?")
                                .param(other.id())
                                .param(tenant.id())
                                .update()))
                .rootCause()
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }

    @Test
    void the_audit_log_cannot_be_rewritten_by_its_tenant() {
        assertThatThrownBy(() -> asApplication(
                        tenant.id(),
                        "audit",
                        (client, stored) ->
                                client.sql("update audit set actor = 'nobody'").update()))
                .rootCause()
                .hasMessageContaining("permission denied");
    }

    @Test
    void row_level_security_is_forced_on_every_table_of_a_tenant() {
        assertThat(tables()).contains("deal", "lead", "event", "rejected", "audit", "api_key");
        assertThat(hub.owner().sql("""
                                select c.relname from pg_class as c join pg_attribute as a on a.attrelid = c.oid
                                where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
                                    and a.attname = 'tenant_id' and not a.attisdropped
                                    and not (c.relrowsecurity and c.relforcerowsecurity)
                                """).query(String.class).list())
                .as("tables without forced row-level security")
                .isEmpty();
    }

    @Test
    void a_table_without_a_tenant_is_closed_to_the_application() {
        assertThat(hub.owner().sql("""
                                select c.relname from pg_class as c
                                where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
                                    and not exists (
                                        select from pg_attribute as a
                                        where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
                                    )
                                    and has_table_privilege('tributary_app', c.oid, 'select, insert, update, delete')
                                """).query(String.class).list()).isEmpty();
    }

    @Test
    void the_application_owns_nothing_and_cannot_pass_the_borders() {
        assertThat(hub.owner()
                        .sql("select relname from pg_class where relowner = 'tributary_app'::regrole")
                        .query(String.class)
                        .list())
                .isEmpty();
        assertThat(hub.owner()
                        .sql(
                                "select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb from pg_roles where rolname = 'tributary_app'")
                        .query(Boolean.class)
                        .single())
                .isFalse();
    }

    @Test
    void every_key_and_unique_index_starts_with_the_tenant() {
        assertThat(hub.owner().sql("""
                                select i.indexrelid::regclass::text from pg_index as i
                                join pg_class as c on c.oid = i.indrelid
                                join pg_attribute as a on a.attrelid = c.oid and a.attnum = i.indkey[0]
                                where c.relnamespace = 'public'::regnamespace and i.indisunique
                                    and c.relname <> 'flyway_schema_history' and a.attname <> 'tenant_id'
                                """).query(String.class).list())
                .as("unique indexes that do not start with the tenant")
                .isEmpty();
    }

    @Test
    void every_foreign_key_starts_with_the_tenant() {
        assertThat(hub.owner().sql("""
                                select k.conname from pg_constraint as k
                                join pg_attribute as a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
                                where k.contype = 'f' and k.connamespace = 'public'::regnamespace
                                    and a.attname <> 'tenant_id'
                                """).query(String.class).list()).isEmpty();
    }

    @Test
    void the_hub_works_as_the_application_and_its_connections_keep_no_tenant() {
        DataSource pool = hub.camelContext().getRegistry().lookupByNameAndType("dataSource", DataSource.class);
        JdbcClient client = JdbcClient.create(pool);
        for (int i = 0; i < 20; i++) {
            tenant.post("/api", Map.of("name", "Deal " + i));
            assertThat(client.sql("select current_user").query(String.class).single())
                    .isEqualTo("tributary_app");
            assertThat(client.sql("select coalesce(current_setting('app.tenant_id', true), '')")
                            .query(String.class)
                            .single())
                    .isEmpty();
            assertThat(client.sql("select count(*) from deal").query(Long.class).single())
                    .isZero();
        }
    }

    @Test
    void a_record_of_another_tenant_looks_like_one_that_does_not_exist() {
        String theirs = other.post("/api", Map.of("name", "Theirs", "external_id", "theirs"))
                .textAt("/deal/id");
        String nobodys = "00000000-0000-7000-8000-000000000000";
        for (String path : List.of("/%s", "/%s/activities", "/metrics?deal_id=%s")) {
            Reply reply = tenant.get(path.formatted(theirs));
            Reply missing = tenant.get(path.formatted(nobodys));

            assertThat(reply.status()).as(reply.toString()).isEqualTo(404);
            assertThat(reply.textAt("/error")).isEqualTo(missing.textAt("/error"));
            assertThat(reply.textAt("/code")).isEqualTo(missing.textAt("/code"));
            assertThat(other.get(path.formatted(theirs)).status()).isEqualTo(200);
        }
    }

    @Test
    void a_tenant_or_workspace_named_in_the_query_is_verified_and_changes_nothing() {
        long before = count(hub.owner(), "deal", tenant.id()) + count(hub.owner(), "deal", other.id());
        for (String query : List.of(
                "?tenant_id=" + other.id(),
                "?workspace_id=north",
                "?tenant_id=" + tenant.id() + "&tenant_id=" + other.id(),
                "?tenant_id=",
                "?tenant_id=" + tenant.id() + "&workspace_id=north")) {
            Reply reply = tenant.post("/api" + query, Map.of("name", "Smuggled"));
            assertThat(reply.status()).as(reply.toString()).isEqualTo(403);
        }

        assertThat(count(hub.owner(), "deal", tenant.id()) + count(hub.owner(), "deal", other.id()))
                .isEqualTo(before);
        assertThat(tenant.post("/api?tenant_id=" + tenant.id() + "&workspace_id=main", Map.of("name", "Rightful"))
                        .status())
                .isEqualTo(201);
    }

    private static long count(JdbcClient client, String table, String tenant) {
        return client.sql("select count(*) from " + table + " where tenant_id = ?")
                .param(tenant)
                .query(Long.class)
                .single();
    }

    /** In a transaction of the application's role, rolled back afterwards; {@code named} is the tenant it names. */
    /** Runs {@code work} as the application, on a table that holds rows of both tenants, and rolls all of it back. */
    private void asApplication(@Nullable String named, String table, BiConsumer<JdbcClient, Long> work) {
        DataSource database = hub.database();
        JdbcClient client = JdbcClient.create(database);
        new TransactionTemplate(new DataSourceTransactionManager(database)).executeWithoutResult(status -> {
            status.setRollbackOnly();
            AnyRow.ensure(client, table, tenant.id());
            AnyRow.ensure(client, table, other.id());
            String whose = named == null || named.isEmpty() ? tenant.id() : named;
            long stored = count(client, table, whose);
            assertThat(stored).as("rows to hide").isPositive();
            client.sql("set local role tributary_app").update();
            if (named != null) {
                client.sql("select set_config('app.tenant_id', ?, true)")
                        .param(named)
                        .query(String.class)
                        .single();
            }
            work.accept(client, stored);
        });
    }
}
