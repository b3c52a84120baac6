package io.tributary.hubspot;

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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Many changes of many deals, told of out of order, twice, or not at all, while reads fail and connections start anew:
 * what is stored in the end is what HubSpot holds. {@code -Dtributary.hubspot.changes=10000} makes the long run.
 */
@WithHub
class ChangesTest {
    private static final int CHANGES = Integer.getInteger("tributary.hubspot.changes", 400);
    private static final int DEALS = Math.max(20, CHANGES / 10);
    private static final String[] STAGES = {
        "appointmentscheduled", "qualifiedtobuy", "presentationscheduled", "contractsent", "closedwon", "closedlost"
    };

    @Test
    void what_is_stored_in_the_end_is_what_hubspot_holds(TestHub hub, Tenant tenant) throws Exception {
        long seed = Long.getLong("tributary.seed", System.nanoTime());
        System.out.println("hubspot changes: " + CHANGES + ", seed " + seed);
        Random random = new Random(seed);
        try (FakeHubSpot hubSpot = new FakeHubSpot()) {
            Portal portal = Portal.connect(hub, tenant, hubSpot, "poll_seconds", "1");
            List<Map<String, Object>> told = new ArrayList<>();
            for (int i = 0; i < CHANGES; i++) {
                Map<String, Object> event = change(hubSpot, random);
                if (random.nextInt(100) >= 10) {
                    told.add(event);
                }
                if (random.nextInt(100) < 20 && !told.isEmpty()) {
                    told.add(told.get(random.nextInt(told.size())));
                }
                if (told.size() >= 50 || i == CHANGES - 1) {
                    Collections.shuffle(told, random);
                    deliver(portal, told, random);
                    told.clear();
                }
                if (random.nextInt(200) == 0) {
                    hubSpot.failNext(503, 429);
                }
                if (random.nextInt(150) == 0) {
                    portal = Portal.connect(hub, tenant, hubSpot, "poll_seconds", "1");
                }
            }

            Eventually.within(
                    Duration.ofMinutes(5), () -> assertThat(stored(tenant)).isEqualTo(held(hubSpot)));
            Books.of(hub, tenant).areBalanced();
            System.out.println("hubspot changes: " + hubSpot.entriesRead() + " entries read, " + hubSpot.searches()
                    + " pages searched");
            assertThat(hubSpot.entriesRead()).isLessThanOrEqualTo(2L * CHANGES);
        }
    }

    private static Map<String, Object> change(FakeHubSpot hubSpot, Random random) {
        long id = 1L + random.nextInt(DEALS);
        Instant at = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        boolean live = hubSpot.live().containsKey(id);
        if (live && random.nextInt(100) < 3) {
            hubSpot.archive(id, at);
            return Portal.event("deal.deletion", id, at);
        }
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("dealname", "Deal " + id);
        properties.put("amount", Integer.toString(random.nextInt(100_000)));
        properties.put("dealstage", STAGES[random.nextInt(STAGES.length)]);
        if (random.nextBoolean()) {
            properties.put("description", "Changed " + random.nextInt(1000));
        }
        hubSpot.put(id, at, properties);
        return Portal.event(live ? "deal.propertyChange" : "deal.creation", id, at);
    }

    private static void deliver(Portal portal, List<Map<String, Object>> told, Random random) {
        for (int from = 0; from < told.size(); ) {
            int to = Math.min(told.size(), from + 1 + random.nextInt(60));
            assertThat(portal.deliver(told.subList(from, to)).status()).isEqualTo(200);
            from = to;
        }
    }

    private static Map<String, String> held(FakeHubSpot hubSpot) {
        Map<String, String> held = new TreeMap<>();
        hubSpot.live()
                .forEach((id, deal) -> held.put(
                        Long.toString(id),
                        new BigDecimal(deal.get("amount")).setScale(2) + " " + stage(deal.get("dealstage"))));
        return held;
    }

    private static String stage(String hubSpots) {
        return switch (hubSpots) {
            case "appointmentscheduled" -> "discovery";
            case "qualifiedtobuy" -> "qualification";
            case "presentationscheduled" -> "proposal";
            case "contractsent" -> "negotiation";
            case "closedwon" -> "closed_won";
            default -> "closed_lost";
        };
    }

    private static Map<String, String> stored(Tenant tenant) {
        Map<String, String> stored = new TreeMap<>();
        String cursor = "";
        do {
            JsonNode page = tenant.get("?limit=200" + cursor).json();
            for (JsonNode deal : page.path("items")) {
                stored.put(
                        deal.path("external_id").asText(),
                        deal.path("value").decimalValue().setScale(2) + " "
                                + deal.path("stage").asText());
            }
            cursor = page.path("next_cursor").isNull()
                    ? ""
                    : "&cursor=" + page.path("next_cursor").asText();
        } while (!cursor.isEmpty());
        return stored;
    }
}
