package io.tributary.ingest;

import io.tributary.deal.Stage;
import io.tributary.tenant.TenantSettings;
import io.tributary.testing.Caller;
import io.tributary.testing.Reply;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A random but repeatable mixture of everything that can happen to a deal by ingest. */
final class MixedLoad {
    /** Euros have a rate, yen have none. */
    static final TenantSettings SETTINGS = new TenantSettings(
            TenantSettings.INITIAL.currency(),
            TenantSettings.INITIAL.timeZone(),
            TenantSettings.INITIAL.locale(),
            Map.of("EUR", new BigDecimal("1.0837")),
            Map.of(),
            List.of(),
            TenantSettings.INITIAL.healthProfile());

    private static final int DEALS = 50;
    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");
    private static final String[] CURRENCIES = {"USD", "EUR", "JPY"};
    private static final String[] VALUES = {"0", "0.01", "999.99", "1000", "15000", "15000", "123456.78", "98765432.10"
    };
    private static final List<String> STAGES =
            Arrays.stream(Stage.values()).map(Stage::code).toList();

    private MixedLoad() {}

    /** One call. */
    record Step(String path, Map<String, Object> body) {
        Reply send(Caller caller) {
            return caller.post(path, body);
        }
    }

    static List<Step> steps(long seed, int count) {
        Random random = new Random(seed);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            steps.add(step(random));
        }
        return steps;
    }

    private static Step step(Random random) {
        int number = random.nextInt(DEALS);
        if (random.nextInt(20) == 0) {
            return new Step("/web-form", form(random, number));
        }
        Map<String, Object> deal = new HashMap<>();
        deal.put("name", "Deal " + number);
        deal.put("company", "Firm " + number);
        boolean api = random.nextInt(4) != 0;
        if (api && random.nextInt(3) != 0) {
            deal.put("external_id", "x-" + number);
            if (random.nextInt(4) == 0) {
                deal.put("name", "Deal " + random.nextInt(DEALS));
                deal.put("company", "Firm " + random.nextInt(DEALS));
            }
            if (random.nextBoolean()) {
                deal.put(
                        "source_updated_at",
                        LONG_AGO.plusSeconds(random.nextInt(1000)).toString());
            }
        }
        if (random.nextInt(3) != 0) {
            deal.put("value", random.nextInt(30) == 0 ? "twelve" : VALUES[random.nextInt(VALUES.length)]);
            deal.put("currency", CURRENCIES[random.nextInt(CURRENCIES.length)]);
        }
        if (random.nextBoolean()) {
            deal.put("stage", STAGES.get(random.nextInt(STAGES.size())));
        }
        if (random.nextInt(3) == 0) {
            deal.put("probability", random.nextInt(101));
        }
        if (random.nextBoolean()) {
            deal.put("contact_email", "person" + random.nextInt(DEALS) + "@firm" + number + ".example");
        }
        return new Step(api ? "/api" : "/manual", deal);
    }

    private static Map<String, Object> form(Random random, int number) {
        Map<String, Object> form = new HashMap<>();
        form.put("first_name", "Ann");
        form.put("last_name", "Person " + number);
        form.put("email", "person" + number + "@firm" + number + ".example");
        form.put("company", "Firm " + number);
        form.put("company_size", random.nextBoolean() ? "11-50" : "51-200");
        form.put("utm_source", random.nextBoolean() ? "search" : "letter");
        return form;
    }
}
