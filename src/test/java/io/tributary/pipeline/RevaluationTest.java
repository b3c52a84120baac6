package io.tributary.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.tenant.TenantSettings;
import io.tributary.testing.Books;
import io.tributary.testing.Crowd;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A change of currency or rates turns every value over, and the counters agree with it to the cent. */
@WithHub
class RevaluationTest {
    private static final List<String> CURRENCIES = List.of("USD", "EUR", "GBP", "JPY", "CHF");
    private static final List<String> STAGES =
            List.of("discovery", "qualification", "proposal", "negotiation", "closed_won", "closed_lost");

    @Test
    void rates_turn_values_into_the_own_currency_and_every_counter_follows(TestHub hub, Tenant tenant) {
        tenant.post("/bulk", deals(400, new Random(1)));
        assertThat(tenant.get("/metrics").at("/pipeline_value/unconverted")).isNotEmpty();

        change(tenant, Map.of("exchange_rates", Map.of("EUR", "1.085", "GBP", "1.27333", "JPY", 0.0064)));

        valuesAre(hub, tenant, Map.of("EUR", "1.085", "GBP", "1.27333", "JPY", "0.0064"), "USD");
        Books.of(hub, tenant).areBalanced();
        assertThat(tenant.get("/metrics").at("/pipeline_value/unconverted"))
                .extracting(entry -> entry.get("currency").asText())
                .containsExactly("CHF");
    }

    @Test
    void another_currency_turns_them_over_again(TestHub hub, Tenant tenant) {
        tenant.post("/bulk", deals(200, new Random(2)));
        change(tenant, Map.of("exchange_rates", Map.of("EUR", "1.1")));

        change(tenant, Map.of("currency", "EUR", "exchange_rates", Map.of("USD", "0.92", "CHF", "1.05")));

        valuesAre(hub, tenant, Map.of("USD", "0.92", "CHF", "1.05"), "EUR");
        Books.of(hub, tenant).areBalanced();
        assertThat(tenant.get("/metrics").textAt("/pipeline_value/currency")).isEqualTo("EUR");
    }

    @Test
    void every_workspace_of_the_tenant_is_turned_over(TestHub hub, Tenant tenant) {
        var other = tenant.in(
                "other", java.util.EnumSet.of(io.tributary.tenant.Scope.INGEST, io.tributary.tenant.Scope.READ));
        other.post("/api", deal(1, "EUR", "100.00", "proposal"));

        change(tenant, Map.of("exchange_rates", Map.of("EUR", "2")));

        assertThat(other.get("/metrics").at("/pipeline_value/total").decimalValue())
                .isEqualByComparingTo("200.00");
    }

    @Test
    void a_value_that_would_be_too_large_counts_as_one_without_a_rate(TestHub hub, Tenant tenant) {
        tenant.post("/api", deal(1, "EUR", "900000000000000.00", "proposal"));

        change(tenant, Map.of("exchange_rates", Map.of("EUR", "2")));

        valuesAre(hub, tenant, Map.of("EUR", "2"), "USD");
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void deals_that_come_in_meanwhile_are_counted_as_they_are_stored(TestHub hub, Tenant tenant) {
        tenant.post("/bulk", deals(300, new Random(3)));

        Crowd.of(6, caller -> {
            Random random = new Random(caller);
            for (int round = 0; round < 25; round++) {
                if (caller == 0) {
                    change(tenant, Map.of("exchange_rates", Map.of("EUR", "1." + (10 + round), "GBP", "1.2")));
                } else {
                    int number = random.nextInt(400);
                    var reply = tenant.post(
                            "/api", deal(number, CURRENCIES.get(random.nextInt(5)), round + ".07", "proposal"));
                    assertThat(reply.status()).as(reply.toString()).isIn(200, 201);
                }
            }
            return caller;
        });

        Books.of(hub, tenant).areBalanced();
        change(tenant, Map.of("exchange_rates", Map.of("EUR", "3", "JPY", "0.5")));
        valuesAre(hub, tenant, Map.of("EUR", "3", "JPY", "0.5"), "USD");
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void settings_that_leave_values_alone_touch_no_deal(TestHub hub, Tenant tenant) {
        tenant.post("/api", deal(1, "EUR", "10.00", "proposal"));
        String before = versions(hub, tenant);

        change(tenant, Map.of("locale", "de-DE", "time_zone", "Europe/Berlin"));

        assertThat(versions(hub, tenant)).isEqualTo(before);
    }

    private static void change(Tenant tenant, Map<String, ?> settings) {
        var reply = tenant.put("/settings", settings);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    }

    private static List<Map<String, @Nullable Object>> deals(int count, Random random) {
        List<Map<String, @Nullable Object>> deals = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            String value = number % 9 == 0
                    ? null
                    : BigDecimal.valueOf((long) Math.pow(10, random.nextDouble() * 12), 2)
                            .toPlainString();
            String currency = CURRENCIES.get(random.nextInt(CURRENCIES.size()));
            deals.add(deal(number, currency, value, STAGES.get(random.nextInt(STAGES.size()))));
        }
        return deals;
    }

    private static Map<String, @Nullable Object> deal(
            int number, String currency, @Nullable String value, String stage) {
        Map<String, @Nullable Object> deal = new LinkedHashMap<>();
        deal.put("name", "Deal " + number);
        deal.put("external_id", "d-" + number);
        deal.put("currency", currency);
        deal.put("value", value == null ? null : new BigDecimal(value));
        deal.put("stage", stage);
        deal.put("probability", number % 101);
        return deal;
    }

    /** Holds each deal's own-currency value against the rule in Java, which the funnel goes by. */
    private static void valuesAre(TestHub hub, Tenant tenant, Map<String, String> rates, String currency) {
        Map<String, BigDecimal> decimals = new LinkedHashMap<>();
        rates.forEach((code, rate) -> decimals.put(code, new BigDecimal(rate)));
        TenantSettings initial = TenantSettings.INITIAL;
        TenantSettings settings = new TenantSettings(
                currency,
                initial.timeZone(),
                initial.locale(),
                decimals,
                initial.defaultValues(),
                initial.fieldTrust(),
                initial.healthProfile());
        List<String> wrong = new ArrayList<>();
        hub.owner()
                .sql("select name, value, currency, base_value from deal where tenant_id = :tenant")
                .param("tenant", tenant.id())
                .query(row -> {
                    BigDecimal right = settings.inOwnCurrency(row.getBigDecimal(2), row.getString(3));
                    BigDecimal held = row.getBigDecimal(4);
                    if (right == null ? held != null : held == null || held.compareTo(right) != 0) {
                        wrong.add(row.getString(1) + ": " + held + " instead of " + right);
                    }
                });
        assertThat(wrong).isEmpty();
    }

    private static String versions(TestHub hub, Tenant tenant) {
        return hub.owner()
                .sql("select string_agg(xmin::text, ' ' order by deal_id) from deal where tenant_id = :tenant")
                .param("tenant", tenant.id())
                .query(String.class)
                .single();
    }
}
