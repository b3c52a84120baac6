package io.tributary.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.testing.Books;
import io.tributary.testing.Caller;
import io.tributary.testing.Crowd;
import io.tributary.testing.HubProcess;
import io.tributary.testing.Reply;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.Upload;
import io.tributary.testing.WithHub;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many callers at the same moment, through two hubs in two processes on one database: the books stay exact. */
@WithHub
class TwoHubsTest {
    private static HubProcess other;

    @BeforeAll
    static void start(TestHub hub) {
        other = hub.secondProcess();
    }

    @AfterAll
    static void stop() throws IOException {
        other.close();
    }

    @ParameterizedTest
    @CsvSource({
        "f-1, Orchard Ltd, ann@orchard.example",
        ", Orchard Ltd, ann@orchard.example",
        "f-1, , ann@orchard.example",
        ", Orchard Ltd, ",
        "f-1, , "
    })
    void two_hundred_callers_with_one_deal_make_one_deal(
            @Nullable String id, @Nullable String company, @Nullable String email, TestHub hub, Tenant tenant) {
        Map<String, @Nullable Object> deal = new HashMap<>();
        deal.put("name", "Fleet renewal");
        deal.put("company", company);
        deal.put("external_id", id);
        deal.put("value", "120000.50");
        deal.put("contact_email", email);
        Caller there = tenant.at(other.url());

        List<Reply> replies = Crowd.of(200, i -> (i % 2 == 0 ? tenant : there).post("/api", deal));

        assertThat(replies).filteredOn(reply -> reply.status() == 201).hasSize(1);
        assertThat(replies)
                .filteredOn(reply -> reply.status() == 200)
                .hasSize(199)
                .allSatisfy(reply -> assertThat(reply.textAt("/action")).isEqualTo("unchanged"));
        assertThat(replies)
                .extracting(reply -> reply.textAt("/deal/id"))
                .containsOnly(replies.get(0).textAt("/deal/id"));
        assertThat(Books.of(hub, tenant).deals()).isEqualTo(1);
        assertThat(Books.of(hub, tenant).rows("lead")).isEqualTo(email == null ? 0 : 1);
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void a_company_named_by_two_hundred_callers_with_ids_of_their_own_is_two_hundred_deals(TestHub hub, Tenant tenant) {
        Caller there = tenant.at(other.url());

        List<Reply> replies = Crowd.of(
                200,
                i -> (i % 2 == 0 ? tenant : there)
                        .post("/api", Map.of("name", "Renewal", "company", "Orchard", "external_id", "r-" + i)));

        assertThat(replies).allSatisfy(reply -> assertThat(reply.status()).isEqualTo(201));
        assertThat(Books.of(hub, tenant).deals()).isEqualTo(200);
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void a_key_of_a_file_or_a_long_call_holds_at_both_hubs(TestHub hub, Tenant tenant) {
        Caller there = tenant.at(other.url());
        List<Map<String, Object>> deals = new ArrayList<>();
        StringBuilder rows = new StringBuilder("external_id,name,value\n");
        for (int i = 0; i < 3000; i++) {
            deals.add(Map.of("name", "Deal " + i, "external_id", "b-" + i));
            rows.append("f-").append(i).append(",File deal ").append(i).append(",5\n");
        }
        Upload file = Upload.of("deals.csv", rows.toString());

        List<Reply> calls =
                Crowd.of(8, i -> (i % 2 == 0 ? tenant : there).post("/bulk", deals, "Idempotency-Key", "bulk"));
        List<Reply> files = Crowd.of(
                8,
                i -> file.to(
                        i % 2 == 0 ? tenant : there, "/csv/upload", "Idempotency-Key", "file", "Prefer", "wait=50"));

        for (List<Reply> replies : List.of(calls, files)) {
            assertThat(replies)
                    .filteredOn(reply -> reply.status() == 200
                            && reply.header("Idempotent-Replayed").isEmpty())
                    .hasSize(1);
            assertThat(replies).allSatisfy(reply -> assertThat(reply.status()).isIn(200, 409));
            assertThat(replies)
                    .filteredOn(reply -> reply.status() == 409)
                    .allSatisfy(reply -> assertThat(reply.header("Retry-After")).isPresent());
        }
        assertThat(Books.of(hub, tenant).rows("import")).isEqualTo(2);
        assertThat(Books.of(hub, tenant).deals()).isEqualTo(6000);
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void two_thousand_mixed_changes_of_fifty_deals_leave_the_books_exact(TestHub hub) {
        Tenant tenant = hub.tenant(MixedLoad.SETTINGS);
        Caller there = tenant.at(other.url());
        List<MixedLoad.Step> steps = MixedLoad.steps(20_260_101, 2000);

        List<Reply> replies = Crowd.of(steps.size(), 24, i -> steps.get(i).send(i % 2 == 0 ? tenant : there));

        assertThat(replies).allSatisfy(reply -> assertThat(reply.status()).isIn(200, 201, 422));
        assertThat(replies).filteredOn(reply -> reply.status() == 422).isNotEmpty();
        assertThat(replies)
                .filteredOn(reply -> reply.textAt("/action").equals("updated"))
                .hasSizeGreaterThan(200);
        Books books = Books.of(hub, tenant);
        books.areBalanced();
        assertRanksAreExact(hub, tenant, books);
    }

    /** Sending a deal's own name and id again changes nothing, and the answer tells its rank. */
    private static void assertRanksAreExact(TestHub hub, Tenant tenant, Books books) {
        var standings = books.standings();
        var known = hub.owner().sql("""
                        select d.deal_id, d.name, k.external_id
                        from deal as d join external_key as k using (tenant_id, deal_id)
                        where tenant_id = :tenant and k.system = 'api' and not d.spam
                        """).param("tenant", tenant.id()).query().listOfRows();
        assertThat(known).hasSizeGreaterThan(20);
        assertThat(known).allSatisfy(deal -> {
            Reply reply = tenant.post("/api", Map.of("name", deal.get("name"), "external_id", deal.get("external_id")));
            assertThat(reply.textAt("/action")).isEqualTo("unchanged");
            var standing = standings.get(deal.get("deal_id"));
            assertThat(reply.at("/metrics/value_rank").isNull()).isEqualTo(standing == null);
            if (standing != null) {
                assertThat(reply.at("/metrics/value_rank").asLong()).isEqualTo(standing.valueRank());
                assertThat(reply.at("/metrics/total_active_deals").asLong()).isEqualTo(standing.totalActive());
                assertThat(reply.at("/metrics/percentile").decimalValue()).isEqualByComparingTo(standing.percentile());
            }
        });
    }
}
