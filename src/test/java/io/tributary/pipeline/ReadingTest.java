package io.tributary.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.metrics.Standing;
import io.tributary.testing.AnyRow;
import io.tributary.testing.Books;
import io.tributary.testing.Caller;
import io.tributary.testing.Reply;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What the API shows of a workspace, page by page. */
@WithHub
class ReadingTest {

    @Test
    void pages_show_each_deal_once_and_the_newest_first(Tenant tenant) {
        for (int number = 0; number < 7; number++) {
            tenant.post("/api", Map.of("name", "Deal " + number));
        }

        List<String> names = new ArrayList<>();
        String next = "";
        do {
            Reply page = tenant.get("?limit=3" + (next.isEmpty() ? "" : "&cursor=" + next));
            page.at("/items").forEach(deal -> names.add(deal.get("name").asText()));
            next = page.at("/next_cursor").asText("");
        } while (!next.isEmpty() && !next.equals("null"));

        assertThat(names).containsExactly("Deal 6", "Deal 5", "Deal 4", "Deal 3", "Deal 2", "Deal 1", "Deal 0");
    }

    @ParameterizedTest
    @CsvSource({
        "/?cursor=zzz,cursor",
        "/?stage=nope,stage",
        "/?risk_level=awful,risk_level",
        "/?since=yesterday,since",
        "/?since=%2B292278994-08-17T07:12:55Z,since",
        "/?q=%00,q",
        "/?source=a%00,source",
        "/?limit=0,limit",
        "/leads?status=rich,status",
        "/leads?cursor=AAAA,cursor",
        "/rejected?import_id=7,import_id",
        "/imports?state=lost,state",
        "/audit?cursor=AaIK4ThwcACBHhrN9fRvZw,cursor",
        "/sources?cursor=*,cursor"
    })
    void a_wrong_filter_is_refused_by_its_name(String path, String field, Tenant tenant) {
        Reply reply = tenant.get(path);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(422);
        assertThat(reply.textAt("/details/0/field")).isEqualTo(field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/no-id",
                "/00000000-0000-4000-8000-000000000000",
                "/leads/no-id",
                "/imports/no-id",
                "/metrics?deal_id=no-id",
                "/no-id/activities"
            })
    void what_is_no_id_of_the_workspace_does_not_exist(String path, Tenant tenant) {
        assertThat(tenant.get(path).status()).isEqualTo(404);
    }

    @Test
    void another_workspace_of_the_same_tenant_sees_nothing(Tenant tenant) {
        Reply taken = tenant.post("/api", Map.of("name", "Ours", "contact_email", "a@ours.example"));
        Caller other = tenant.in("other", Set.of(io.tributary.tenant.Scope.READ));

        assertThat(other.get("/" + taken.textAt("/deal/id")).status()).isEqualTo(404);
        assertThat(other.get("/leads/" + taken.textAt("/deal/lead_id")).status())
                .isEqualTo(404);
        for (String list : List.of("", "/leads", "/activity", "/imports", "/rejected", "/sources")) {
            assertThat(other.get(list).at("/items")).as(list).isEmpty();
        }
    }

    @Test
    void one_deal_tells_where_each_field_comes_from(Tenant tenant) {
        tenant.post("/api", Map.of("name", "Lineage", "company", "Acme", "value", 5, "external_id", "x-1"));
        String id = tenant.post("/manual", Map.of("name", "Lineage", "company", "Acme", "description", "Called"))
                .textAt("/deal/id");

        Reply deal = tenant.get("/" + id);

        assertThat(deal.textAt("/lineage/value/source")).isEqualTo("api");
        assertThat(deal.textAt("/lineage/description/source")).isEqualTo("manual");
        assertThat(deal.at("/lineage/stage/assumed").asBoolean()).isTrue();
        assertThat(deal.at("/lineage/value/assumed").asBoolean()).isFalse();
        assertThat(deal.at("/sources/0/external_ids/0").asText()).isEqualTo("x-1");
        assertThat(deal.at("/sources"))
                .extracting(source -> source.get("source").asText())
                .contains("api", "manual");
    }

    @Test
    void the_health_shown_adds_up_to_the_stored_score(Tenant tenant) {
        String id = tenant.post("/api", Map.of("name", "Large", "value", 20000, "probability", 10))
                .textAt("/deal/id");

        Reply deal = tenant.get("/" + id);

        double points = 0;
        for (JsonNode contribution : deal.at("/health/contributions")) {
            points += contribution.get("points").asDouble();
        }
        assertThat(deal.at("/health/base").asDouble() + points)
                .isEqualTo(deal.at("/health/score").asDouble())
                .isEqualTo(deal.at("/deal/health_score").asDouble());
    }

    @Test
    void every_active_deal_has_the_rank_that_a_comparison_with_all_others_gives(TestHub hub, Tenant tenant) {
        Random random = new Random(5);
        List<Map<String, Object>> deals = IntStream.range(0, 150)
                .mapToObj(number -> Map.<String, Object>of(
                        "name", "Deal " + number,
                        "value", number % 10 == 0 ? "" : Math.floor(Math.pow(10, random.nextDouble() * 6) * 100) / 100,
                        "stage", number % 13 == 0 ? "closed_won" : "proposal"))
                .toList();
        assertThat(tenant.post("/bulk", deals).at("/created").asInt()).isEqualTo(150);

        Map<UUID, Standing> standings = Books.of(hub, tenant).standings();

        assertThat(standings).hasSizeGreaterThan(100);
        standings.forEach((id, standing) -> {
            JsonNode shown = tenant.get("/metrics?deal_id=" + id).at("/deal");
            assertThat(shown.get("value_rank").asLong()).isEqualTo(standing.valueRank());
            assertThat(shown.get("percentile").decimalValue()).isEqualByComparingTo(standing.percentile());
            assertThat(shown.get("total_active_deals").asLong()).isEqualTo(standing.totalActive());
        });
    }

    @Test
    void a_closed_deal_has_no_rank(Tenant tenant) {
        tenant.post("/api", Map.of("name", "Open", "value", 1));
        String id = tenant.post("/api", Map.of("name", "Won", "value", 9, "stage", "closed_won"))
                .textAt("/deal/id");

        JsonNode metrics = tenant.get("/" + id).at("/metrics");

        assertThat(metrics.get("value_rank").isNull()).isTrue();
        assertThat(metrics.get("percentile").isNull()).isTrue();
        assertThat(metrics.get("total_active_deals").asInt()).isEqualTo(1);
    }

    @Test
    void metrics_of_an_empty_workspace_name_all_stages_and_no_win_rate(Tenant tenant) {
        Reply metrics = tenant.get("/metrics");

        assertThat(metrics.at("/stage_distribution")).hasSize(6);
        assertThat(metrics.at("/win_rate").isNull()).isTrue();
        assertThat(metrics.at("/velocity/average_days_to_win").isNull()).isTrue();
        assertThat(metrics.text()).contains("\"total\":0.00");
    }

    @Test
    void the_win_rate_is_won_of_closed(Tenant tenant) {
        tenant.post("/api", Map.of("name", "A", "value", 1, "stage", "closed_won"));
        tenant.post("/api", Map.of("name", "B", "value", 1, "stage", "closed_won"));
        tenant.post("/api", Map.of("name", "C", "value", 1, "stage", "closed_lost"));

        assertThat(tenant.get("/metrics").text()).contains("\"win_rate\":66.67");
    }

    @Test
    void fixed_paths_stay_before_ids_also_after_a_route_was_restarted(TestHub hub, Tenant tenant) throws Exception {
        var routes = hub.camelContext().getRouteController();
        routes.stopRoute("leads-list");
        routes.startRoute("leads-list");

        assertThat(tenant.get("/leads").status()).isEqualTo(200);
        assertThat(tenant.get("/leads/").status()).isEqualTo(200);
        assertThat(tenant.get("/api/sales/deals/").status()).isEqualTo(200);
        assertThat(tenant.get("").status()).isEqualTo(200);
    }

    @Test
    void the_status_of_a_lead_changes_and_history_and_audit_tell_of_it(TestHub hub, Tenant tenant) {
        String lead = tenant.post("/api", Map.of("name", "A", "contact_email", "a@a.example"))
                .textAt("/deal/lead_id");

        assertThat(tenant.patch("/leads/" + lead, Map.of("status", "qualified")).textAt("/lead/status"))
                .isEqualTo("qualified");
        assertThat(tenant.patch("/leads/" + lead, Map.of("status", "rich")).status())
                .isEqualTo(422);

        assertThat(tenant.get("/leads?status=qualified").at("/items")).hasSize(1);
        assertThat(tenant.get("/audit").textAt("/items/0/action")).isEqualTo("lead.updated");
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void a_record_that_is_refused_is_no_failure_of_its_source(Tenant tenant) {
        tenant.post("/api", Map.of("name", "Taken"));
        tenant.post("/api", Map.of("name", "Refused", "value", "twelve"));

        JsonNode source = tenant.get("/sources").at("/items/0");

        assertThat(source.path("rejected").asInt()).isOne();
        assertThat(source.path("failures").asInt()).isZero();
        assertThat(source.path("state").asText()).isEqualTo("ok");
    }

    @Test
    void what_changed_lately_is_found_without_reading_every_deal(TestHub hub) {
        DataSource database = hub.database();
        List<String> plan = new TransactionTemplate(new DataSourceTransactionManager(database)).execute(status -> {
            status.setRollbackOnly();
            JdbcClient client = JdbcClient.create(database);
            // Deals enough for a plan to matter, made of one row and kept no longer than this test.
            AnyRow.ensure(client, "deal", "many");
            client.sql("set local session_replication_role = replica").update();
            // What other tests have left would tell the planner of other times.
            client.sql("delete from deal where tenant_id <> 'many'").update();
            client.sql("""
                            create temporary table many on commit drop as select * from deal where tenant_id = 'many'
                            """).update();
            client.sql("""
                            insert into deal
                            select (jsonb_populate_record(many, jsonb_build_object(
                                'deal_id', gen_random_uuid(), 'updated_at', now() - make_interval(mins => 30000 - number)
                            ))).*
                            from many cross join generate_series(1, 30000) as number
                            """).update();
            client.sql("analyze deal").update();
            client.sql("set local role tributary_app").update();
            client.sql("select set_config('app.tenant_id', 'many', true)")
                    .query(String.class)
                    .single();
            return client.sql("""
                                    explain select deal_id from deal
                                    where tenant_id = 'many' and updated_at >= now() - interval '5 minutes'
                                    order by deal_id desc limit 50
                                    """).query(String.class).list();
        });

        assertThat(plan).anyMatch(line -> line.contains("Bitmap Index Scan on deal_by_change"));
    }
}
