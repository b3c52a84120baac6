package io.tributary.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.testing.Books;
import io.tributary.testing.Eventually;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Many changes of many Opportunities, streamed while streams are cut, replay ids expire, Salesforce loses sight of changes,
 * its API fails and connections start anew: what is stored in the end is what the organisation holds.
 * {@code -Dtributary.salesforce.changes=10000} makes the long run.
 */
@WithHub
class ChangesTest {
    private static final int CHANGES = Integer.getInteger("tributary.salesforce.changes", 200);
    private static final int DEALS = Math.max(20, CHANGES / 10);
    private static final String[] STAGES = {
        "Prospecting", "Qualification", "Value Proposition", "Negotiation/Review", "Closed Won", "Closed Lost"
    };

    private final Set<Long> ever = new HashSet<>();
    private final Map<Long, Map<String, Object>> now = new HashMap<>();

    @Test
    void what_is_stored_in_the_end_is_what_the_organisation_holds(TestHub hub, Tenant tenant) throws Exception {
        long seed = Long.getLong("tributary.seed", System.nanoTime());
        System.out.println("salesforce changes: " + CHANGES + ", seed " + seed);
        Random random = new Random(seed);
        int cuts = 0;
        int expired = 0;
        int restarts = 0;
        try (FakeOrg org = new FakeOrg();
                PubSubServer stream = new PubSubServer()) {
            Organisation.connect(hub, tenant, org, stream.parameters());
            List<Told> told = new ArrayList<>();
            for (int i = 0; i < CHANGES; i++) {
                told.add(change(org, random));
                if (told.size() > random.nextInt(20) || i == CHANGES - 1) {
                    stream.tell(told.toArray(Told[]::new));
                    told.clear();
                }
                int chance = random.nextInt(1000);
                if (chance < 10) {
                    stream.cut();
                    cuts++;
                } else if (chance < 20) {
                    Organisation.connect(hub, tenant, org, stream.parameters());
                    restarts++;
                } else if (chance < 25 || i == CHANGES / 2) {
                    stream.tell(told.toArray(Told[]::new));
                    told.clear();
                    stream.forget();
                    stream.cut();
                    expired++;
                } else if (chance < 35) {
                    org.failOnce(503);
                }
            }

            Eventually.within(
                    Duration.ofMinutes(3), () -> assertThat(stored(tenant)).isEqualTo(held(org)));
            Books books = Books.of(hub, tenant);
            books.areBalanced();
            assertThat(books.deals()).isBetween((long) now.size(), (long) ever.size());
            System.out.println("salesforce changes: " + ever.size() + " Opportunities, " + cuts + " cuts, " + expired
                    + " expired (" + stream.lost() + " noticed), " + restarts + " restarts");
        }
    }

    private Told change(FakeOrg org, Random random) {
        long id = 1L + random.nextInt(DEALS);
        Instant at = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Map<String, Object> before = now.get(id);
        boolean deleted = before == null && ever.contains(id);
        if (before != null && random.nextInt(100) < 5) {
            now.remove(id);
            org.delete(id, at);
            return sight(random, Told.of("DELETE", at, FakeOrg.id(id)));
        }
        Map<String, Object> changed = new LinkedHashMap<>();
        changed.put("StageName", STAGES[random.nextInt(STAGES.length)]);
        if (random.nextBoolean()) {
            changed.put("Amount", random.nextInt(10) == 0 ? null : random.nextInt(100_000));
        }
        Map<String, Object> all = new LinkedHashMap<>(before == null ? Map.of("Name", "Deal " + id) : before);
        all.putAll(changed);
        ever.add(id);
        now.put(id, all);
        org.put(id, at, all);
        changed.put("LastModifiedDate", at.toString());
        String type = deleted ? "UNDELETE" : before == null ? "CREATE" : "UPDATE";
        return sight(random, new Told(type, List.of(FakeOrg.id(id)), changed, at));
    }

    /** The event, or what Salesforce sends when it lost sight of the change. */
    private static Told sight(Random random, Told event) {
        int chance = random.nextInt(100);
        if (chance < 5) {
            return new Told("GAP_" + event.changeType(), event.ids(), Map.of(), event.at());
        }
        return chance < 6 ? Told.of("GAP_OVERFLOW", event.at(), "006*") : event;
    }

    private static Map<String, String> held(FakeOrg org) {
        Map<String, String> held = new TreeMap<>();
        org.live().forEach((id, deal) -> held.put(id, amount(deal.get("Amount")) + " " + stage(deal.get("StageName"))));
        return held;
    }

    private static String amount(Object amount) {
        return amount == null
                ? "none"
                : new BigDecimal(amount.toString()).setScale(2).toPlainString();
    }

    private static String stage(Object salesforces) {
        return switch (String.valueOf(salesforces)) {
            case "Prospecting" -> "discovery";
            case "Qualification" -> "qualification";
            case "Value Proposition" -> "proposal";
            case "Negotiation/Review" -> "negotiation";
            case "Closed Won" -> "closed_won";
            default -> "closed_lost";
        };
    }

    private static Map<String, String> stored(Tenant tenant) {
        Map<String, String> stored = new TreeMap<>();
        String cursor = "";
        do {
            JsonNode page = tenant.get("?limit=200" + cursor).json();
            for (JsonNode deal : page.path("items")) {
                JsonNode value = deal.path("value");
                String id = deal.path("external_id").asText();
                String state = amount(value.isNumber() ? value.decimalValue() : null) + " "
                        + deal.path("stage").asText();
                assertThat(stored.put(id, state)).as("another deal of " + id).isNull();
            }
            cursor = page.path("next_cursor").isNull()
                    ? ""
                    : "&cursor=" + page.path("next_cursor").asText();
        } while (!cursor.isEmpty());
        return stored;
    }
}
