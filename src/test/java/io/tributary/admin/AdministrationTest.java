package io.tributary.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.tenant.Scope;
import io.tributary.testing.Caller;
import io.tributary.testing.Reply;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What operators and a tenant's administrators do. */
@WithHub
class AdministrationTest {

    @Test
    void a_tenant_needs_no_more_than_an_id(TestHub hub) {
        Reply made = hub.admin().post("/api/admin/tenants", Map.of("id", "adm-1"));

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.textAt("/workspace_id")).isEqualTo("main");
        Caller caller = new Caller(hub.url(), made.textAt("/api_key"));
        assertThat(caller.post("/api", Map.of("name", "First")).status()).isEqualTo(201);
        assertThat(caller.get("/settings").textAt("/currency")).isEqualTo("USD");
        assertThat(hub.admin().post("/api/admin/tenants", Map.of("id", "adm-1")).status())
                .isEqualTo(409);
    }

    @Test
    void every_fault_of_a_new_tenant_is_named(TestHub hub) {
        Reply refused = hub.admin()
                .post(
                        "/api/admin/tenants",
                        Map.of(
                                "id",
                                "../etc",
                                "workspace",
                                "a b",
                                "currency",
                                "QQQ",
                                "time_zone",
                                "Mars",
                                "locale",
                                "zz-ZZ",
                                "name",
                                7));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.at("/details"))
                .extracting(fault -> fault.get("field").asText())
                .containsExactlyInAnyOrder("id", "workspace", "currency", "time_zone", "locale", "name");
    }

    @Test
    void nothing_of_a_deleted_tenant_is_left(TestHub hub, Tenant neighbour) {
        Reply made = hub.admin().post("/api/admin/tenants", Map.of("id", "adm-2"));
        Caller caller = new Caller(hub.url(), made.textAt("/api_key"));
        caller.post("/api", Map.of("name", "A", "value", 1, "external_id", "1", "contact_email", "a@a.example"));
        caller.post("/api", Map.of("name", "A", "value", 2, "external_id", "1"), "Idempotency-Key", "k");
        caller.post(
                "/bulk",
                List.of(Map.of("name", "B", "value", "x"), Map.of("name", "C", "currency", "EUR", "value", 1)));
        neighbour.post("/api", Map.of("name", "Kept"));
        assertThat(rowsOf(hub, "adm-2")).isGreaterThan(20);

        assertThat(hub.admin().delete("/api/admin/tenants/adm-2").status()).isEqualTo(204);

        assertThat(rowsOf(hub, "adm-2")).isZero();
        assertThat(caller.get("").status()).isEqualTo(401);
        assertThat(neighbour.get("").at("/items")).hasSize(1);
        assertThat(hub.admin().delete("/api/admin/tenants/adm-2").status()).isEqualTo(404);
    }

    /** Counted in whatever table there is, so that a new one cannot be forgotten. */
    private static long rowsOf(TestHub hub, String tenant) {
        List<String> tables = hub.owner()
                .sql("select table_name from information_schema.columns"
                        + " where table_schema = 'public' and column_name = 'tenant_id'")
                .query(String.class)
                .list();
        assertThat(tables).hasSizeGreaterThan(15);
        long rows = 0;
        for (String table : tables) {
            rows += hub.owner()
                    .sql("select count(*) from \"" + table + "\" where tenant_id = :tenant")
                    .param("tenant", tenant)
                    .query(Long.class)
                    .single();
        }
        return rows;
    }

    @Test
    void a_key_is_told_once_and_stops_working_when_it_is_deleted(TestHub hub, Tenant tenant) {
        Reply made = tenant.post("/keys", Map.of("name", "reader", "scopes", List.of("read")));

        assertThat(made.status()).isEqualTo(201);
        String key = made.textAt("/api_key");
        assertThat(key).matches("trib_[0-9a-f]{64}");
        assertThat(new Caller(hub.url(), key).get("").status()).isEqualTo(200);
        assertThat(tenant.get("/keys").text()).contains("reader").doesNotContain(key);
        assertThat(tenant.delete("/keys/" + made.textAt("/key_id")).status()).isEqualTo(204);
        assertThat(new Caller(hub.url(), key).get("").status()).isEqualTo(401);
    }

    @Test
    void a_key_of_another_tenant_cannot_be_deleted(Tenant one, Tenant other) {
        String id = one.post("/keys", Map.of("scopes", List.of("read"))).textAt("/key_id");

        assertThat(other.delete("/keys/" + id).status()).isEqualTo(404);
        assertThat(one.delete("/keys/" + id).status()).isEqualTo(204);
    }

    @Test
    void the_rules_of_a_form_belong_to_a_key_of_a_form(TestHub hub, Tenant tenant) {
        Reply made = hub.admin()
                .post(
                        "/api/admin/tenants/" + tenant.id() + "/keys",
                        Map.of(
                                "scopes",
                                List.of("form"),
                                "origins",
                                List.of("https://www.example.com"),
                                "per_minute",
                                5));
        Reply refused = tenant.post("/keys", Map.of("scopes", List.of("read"), "per_minute", 5));
        Reply wrong = tenant.post(
                "/keys", Map.of("scopes", List.of("form"), "origins", List.of("https://www.example.com/page")));

        assertThat(made.status()).isEqualTo(201);
        assertThat(tenant.get("/keys").textAt("/items/0/origins/0")).isEqualTo("https://www.example.com");
        assertThat(refused.textAt("/details/0/field")).isEqualTo("per_minute");
        assertThat(wrong.textAt("/details/0/field")).isEqualTo("origins");
    }

    @Test
    void keys_and_settings_need_the_scope_admin(Tenant tenant) {
        Caller reader = tenant.with(Set.of(Scope.READ, Scope.INGEST, Scope.REVIEW));

        assertThat(reader.get("/keys").status()).isEqualTo(403);
        assertThat(reader.post("/keys", Map.of("scopes", List.of("admin"))).status())
                .isEqualTo(403);
        assertThat(reader.put("/settings", Map.of("currency", "EUR")).status()).isEqualTo(403);
        assertThat(tenant.get("/settings").textAt("/currency")).isEqualTo("USD");
    }

    @Test
    void settings_change_in_part_or_not_at_all(Tenant tenant) {
        assertThat(tenant.put("/settings", Map.of("locale", "de-DE")).textAt("/locale"))
                .isEqualTo("de-DE");

        Reply refused = tenant.put("/settings", Map.of("currency", "EUR", "time_zone", "Mars", "colour", "red"));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.at("/details"))
                .extracting(fault -> fault.get("field").asText())
                .containsExactlyInAnyOrder("time_zone", "colour");
        assertThat(tenant.get("/settings").textAt("/currency")).isEqualTo("USD");
        assertThat(tenant.get("/settings").textAt("/locale")).isEqualTo("de-DE");
    }

    @Test
    void the_audit_log_tells_of_each_change_what_was_and_what_is(Tenant tenant) {
        tenant.put("/settings", Map.of("exchange_rates", Map.of("EUR", "1.1")));
        Reply key = tenant.post("/keys", Map.of("name", "reader", "scopes", List.of("read")));
        tenant.delete("/keys/" + key.textAt("/key_id"));

        Reply audit = tenant.get("/audit");

        assertThat(audit.textAt("/items/0/details/before/name"))
                .as(audit.toString())
                .isEqualTo("reader");
        assertThat(audit.at("/items/1/details/after/scopes").toString()).isEqualTo("[\"read\"]");
        assertThat(audit.at("/items/2/details/before").toString()).isEqualTo("{\"exchange_rates\":{}}");
        assertThat(audit.at("/items/2/details/after").toString()).isEqualTo("{\"exchange_rates\":{\"EUR\":\"1.1\"}}");
        assertThat(audit.text()).doesNotContain(key.textAt("/api_key"));
    }
}
