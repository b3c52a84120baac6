package io.tributary.undo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.testing.Books;
import io.tributary.testing.Reply;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever happens in between, what is taken back leaves no trace: the same workspace in which it never happened looks the
 * same. And whatever is merged, undone and rolled back in whatever order, the books balance.
 */
@WithHub
class InterleavingTest {
    private static final int DEALS = 5;
    private static final int STEPS = 12;

    static IntStream seeds() {
        return IntStream.rangeClosed(1, Integer.getInteger("tributary.interleavings", 6));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_rolled_back_import_leaves_no_trace(int seed, TestHub hub, Tenant with, Tenant without) {
        Random random = new Random(seed);
        Script script = new Script(random);
        int importAt = random.nextInt(STEPS);
        int otherAt = random.nextInt(STEPS);
        String file = script.file("negotiation");
        String other = script.file("closed_lost");
        script.begin(with);
        script.begin(without);
        String taken = "";
        for (int step = 0; step < STEPS; step++) {
            if (step == importAt) {
                taken = Uploads.upload(with, file).textAt("/import_id");
            }
            if (step == otherAt) {
                Uploads.upload(with, other);
                Uploads.upload(without, other);
            }
            Step next = script.step();
            next.run(with);
            next.run(without);
        }

        Reply rolledBack = with.post("/imports/" + taken + "/rollback", Map.of());

        assertThat(rolledBack.status()).as(rolledBack.toString()).isEqualTo(200);
        assertThat(deals(with)).isEqualTo(deals(without));
        assertThat(leads(with)).isEqualTo(leads(without));
        Books.of(hub, with).areBalanced();
        assertSound(hub, with);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_merge_that_is_undone_leaves_no_trace(int seed, TestHub hub, Tenant with, Tenant without) {
        Random random = new Random(1_000 + seed);
        Script script = new Script(random);
        int mergeAt = random.nextInt(STEPS);
        script.begin(with);
        script.begin(without);
        int kept = random.nextInt(DEALS);
        int merged = (kept + 1 + random.nextInt(DEALS - 1)) % DEALS;
        String merge = "";
        for (int step = 0; step < STEPS; step++) {
            if (step == mergeAt) {
                merge = merge(with, idOf(with, kept), idOf(with, merged)).textAt("/merge_id");
                script.byHandNoMore(merged);
            }
            Step next = script.step();
            next.run(with);
            next.run(without);
        }

        Reply undone = with.post("/merges/" + merge + "/undo", Map.of());

        assertThat(undone.status()).as(undone.toString()).isEqualTo(200);
        assertThat(deals(with)).isEqualTo(deals(without));
        Books.of(hub, with).areBalanced();
        assertSound(hub, with);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void the_books_balance_whatever_is_taken_back_in_whatever_order(int seed, TestHub hub, Tenant tenant) {
        Random random = new Random(2_000 + seed);
        Script script = new Script(random);
        script.begin(tenant);
        List<String> imports = new ArrayList<>();
        List<String> merges = new ArrayList<>();
        for (int step = 0; step < 3 * STEPS; step++) {
            switch (random.nextInt(7)) {
                case 0 ->
                    imports.add(
                            Uploads.upload(tenant, script.file("negotiation")).textAt("/import_id"));
                case 1 -> {
                    List<String> ids = new ArrayList<>(ids(tenant));
                    Collections.shuffle(ids, random);
                    if (ids.size() > 1) {
                        merges.add(merge(tenant, ids.get(0), ids.get(1)).textAt("/merge_id"));
                    }
                }
                case 2 -> takeBack(tenant, merges, random, "/merges/", "/undo");
                case 3 -> takeBack(tenant, imports, random, "/imports/", "/rollback");
                default -> script.step().run(tenant);
            }
        }
        Books.of(hub, tenant).areBalanced();
        assertSound(hub, tenant);

        Collections.reverse(merges);
        merges.forEach(merge -> tenant.post("/merges/" + merge + "/undo", Map.of()));
        imports.forEach(anImport -> tenant.post("/imports/" + anImport + "/rollback", Map.of()));

        Books.of(hub, tenant).areBalanced();
        assertSound(hub, tenant);
    }

    private static void takeBack(Tenant tenant, List<String> done, Random random, String path, String action) {
        if (!done.isEmpty()) {
            String id = done.get(random.nextInt(done.size()));
            assertThat(tenant.post(path + id + action, Map.of()).status()).isIn(200, 409);
        }
    }

    private static Reply merge(Tenant tenant, String keep, String other) {
        Reply pair = tenant.post("/duplicates", Map.of("deals", List.of(keep, other)));
        assertThat(pair.status()).as(pair.toString()).isEqualTo(201);
        Reply merged = tenant.post("/duplicates/" + pair.textAt("/duplicate/id") + "/merge", Map.of("keep", keep));
        assertThat(merged.status()).as(merged.toString()).isEqualTo(200);
        return merged;
    }

    /** Something that happens, the same in every workspace. */
    private interface Step {
        void run(Tenant tenant);
    }

    /** What happens in a workspace: every value stated is stated once, so that nothing is the same by chance. */
    private static final class Script {
        private static final List<String> STAGES = List.of("qualification", "proposal");

        private final Random random;
        private final List<Integer> byHand = new ArrayList<>();
        private int counter;

        Script(Random random) {
            this.random = random;
            for (int i = 0; i < DEALS; i++) {
                byHand.add(i);
            }
        }

        void begin(Tenant tenant) {
            for (int i = 0; i < DEALS; i++) {
                Map<String, Object> deal = named(i);
                deal.put("value", 100 + i);
                if (i % 2 == 0) {
                    deal.put("contact_email", "first" + i + "@c" + i + ".example");
                }
                tenant.post("/api", deal);
            }
        }

        void byHandNoMore(int deal) {
            byHand.remove(Integer.valueOf(deal));
        }

        /** A file that changes some of the deals and brings new ones. */
        String file(String stage) {
            StringBuilder csv = new StringBuilder("name,company,value,stage,email,description,region\n");
            for (int i = 0; i < DEALS; i++) {
                if (random.nextBoolean()) {
                    int n = counter++;
                    csv.append(name(i))
                            .append(',')
                            .append(company(i))
                            .append(',')
                            .append(10_000 + n)
                            .append(',');
                    csv.append(random.nextBoolean() ? stage : "").append(',');
                    csv.append(random.nextBoolean() ? "file" + n + "@f.example" : "")
                            .append(',');
                    csv.append(random.nextBoolean() ? "text " + n : "")
                            .append(",region ")
                            .append(n)
                            .append('\n');
                }
            }
            int n = counter++;
            return csv.append("New ")
                    .append(n)
                    .append(",Newco ")
                    .append(n)
                    .append(",5,,new")
                    .append(n)
                    .append("@n.example,,\n")
                    .toString();
        }

        Step step() {
            if (random.nextInt(3) == 0 && !byHand.isEmpty()) {
                int deal = byHand.get(random.nextInt(byHand.size()));
                Map<String, Object> change = change();
                return tenant -> {
                    Reply reply = tenant.patch("/" + idOf(tenant, deal), change);
                    assertThat(reply.status()).as(reply.toString()).isIn(200, 404);
                };
            }
            int deal = random.nextInt(DEALS);
            Map<String, Object> record = named(deal);
            record.putAll(change());
            return tenant -> {
                Reply reply = tenant.post("/api", record);
                assertThat(reply.status()).as(reply.toString()).isIn(200, 201);
            };
        }

        private Map<String, Object> change() {
            int n = counter++;
            return switch (random.nextInt(5)) {
                case 0 -> Map.of("value", 1_000 + n);
                case 1 -> Map.of("stage", STAGES.get(random.nextInt(STAGES.size())));
                case 2 -> Map.of("contact_name", "Person " + n, "contact_email", "p" + n + "@p.example");
                case 3 -> Map.of("description", "Description " + n);
                default -> Map.of("expected_close_date", "2027-01-" + (10 + n % 19));
            };
        }

        private static Map<String, Object> named(int deal) {
            Map<String, Object> named = new HashMap<>();
            named.put("name", name(deal));
            named.put("company", company(deal));
            // Some are known by an id, the others by name and company.
            if (deal % 2 == 0) {
                named.put("external_id", "e-" + deal);
            }
            return named;
        }

        private static String name(int deal) {
            return "Deal number " + deal;
        }

        private static String company(int deal) {
            return List.of("Acme", "Initech", "Globex", "Hooli", "Umbrella").get(deal);
        }
    }

    private static String idOf(Tenant tenant, int deal) {
        for (JsonNode found : tenant.get("?limit=200").at("/items")) {
            if (found.at("/name").asText().equals(Script.name(deal))) {
                return found.at("/id").asText();
            }
        }
        return "00000000-0000-4000-8000-000000000000";
    }

    private static List<String> ids(Tenant tenant) {
        List<String> ids = new ArrayList<>();
        tenant.get("?limit=200")
                .at("/items")
                .forEach(deal -> ids.add(deal.at("/id").asText()));
        return ids;
    }

    /** Everything that is told of each deal by its name, but for what differs between any two workspaces. */
    private static Map<String, String> deals(Tenant tenant) {
        Map<String, String> deals = new TreeMap<>();
        for (JsonNode item : tenant.get("?limit=200").at("/items")) {
            JsonNode whole = tenant.get("/" + item.at("/id").asText()).json();
            ObjectNode deal = (ObjectNode) whole.at("/deal").deepCopy();
            for (String own : List.of("id", "tenant_id", "lead_id", "created_at", "updated_at", "stage_entered_at")) {
                deal.remove(own);
            }
            Map<String, String> told = new LinkedHashMap<>();
            told.put("deal", deal.toString());
            told.put("lead", whole.at("/lead/email").asText());
            whole.at("/lineage")
                    .properties()
                    .forEach(field -> told.put(
                            "from " + field.getKey(),
                            field.getValue().at("/source").asText()
                                    + field.getValue().at("/assumed")));
            whole.at("/sources")
                    .forEach(source -> told.put("source " + source.at("/source").asText(), source.toString()));
            assertThat(deals.put(item.at("/name").asText(), told.toString())).isNull();
        }
        return deals;
    }

    private static Set<String> leads(Tenant tenant) {
        TreeSet<String> leads = new TreeSet<>();
        tenant.get("/leads?limit=200")
                .at("/items")
                .forEach(lead -> leads.add(
                        lead.at("/email").asText() + " " + lead.at("/company").asText()));
        return leads;
    }

    /** Nothing leads to a deal that is not there, and nothing of a deal is missing. */
    private static void assertSound(TestHub hub, Tenant tenant) {
        Map<String, String> faults = new LinkedHashMap<>();
        faults.put("ids that lead nowhere", """
                select count(*) from external_key k where k.tenant_id = :t and not exists (
                    select 1 from deal d where d.tenant_id = k.tenant_id and d.deal_id = k.deal_id
                    and k.system || ':' || k.external_id = any (d.external_keys))""");
        faults.put("ids that a deal holds and that do not lead to it", """
                select count(*) from deal d cross join unnest(d.external_keys) as held (key)
                where d.tenant_id = :t and not exists (
                    select 1 from external_key k where k.tenant_id = d.tenant_id and k.deal_id = d.deal_id
                    and k.system || ':' || k.external_id = held.key)""");
        for (String table : List.of("likeness", "activity", "merged_name")) {
            faults.put("rows of " + table + " of no deal", """
                    select count(*) from %s x where x.tenant_id = :t and x.deal_id is not null and not exists (
                        select 1 from deal d where d.tenant_id = x.tenant_id and d.deal_id = x.deal_id)""".formatted(table));
        }
        faults.put("records kept for no merge", """
                select count(*) from merged_record r where r.tenant_id = :t and not exists (
                    select 1 from merge g where g.tenant_id = r.tenant_id and g.kept_deal = r.deal_id
                    and g.state = 'merged')""");
        faults.put("open pairs of a missing deal", """
                select count(*) from duplicate_pair p where p.tenant_id = :t and p.state = 'open' and (
                    select count(*) from deal d where d.tenant_id = p.tenant_id
                    and d.deal_id in (p.first_deal, p.second_deal)) < 2""");
        faults.put("deals of a missing lead", """
                select count(*) from deal d where d.tenant_id = :t and d.lead_id is not null and not exists (
                    select 1 from lead l where l.tenant_id = d.tenant_id and l.lead_id = d.lead_id)""");
        faults.put("deals wrongly marked as merged", """
                select count(*) from deal d where d.tenant_id = :t and d.merged <> exists (
                    select 1 from merge g where g.tenant_id = d.tenant_id and g.kept_deal = d.deal_id
                    and g.state = 'merged')""");
        faults.forEach((fault, sql) -> assertThat(hub.owner()
                        .sql(sql)
                        .param("t", tenant.id())
                        .query(Long.class)
                        .single())
                .as(fault)
                .isZero());
    }
}
