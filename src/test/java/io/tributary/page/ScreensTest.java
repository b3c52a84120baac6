package io.tributary.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import io.tributary.testing.Eventually;
import io.tributary.testing.Reply;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.Visitor;
import io.tributary.testing.Visitor.Look;
import io.tributary.testing.WithBrowser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * Every screen, light, dark and on a phone: each is accessible, keeps within its window and breaks no policy, and a picture
 * of it lies in {@code target/screens} afterwards, to be looked at.
 */
@WithBrowser
class ScreensTest {
    private static final Path PICTURES = Path.of("target", "screens");

    private static final List<String> EMPTY = List.of(
            "/", "/deals", "/leads", "/tasks", "/forecast", "/quarantine", "/duplicates", "/imports", "/sources");

    @Test
    void every_screen_in_every_look(Browser browser, TestHub hub, Tenant tenant, Tenant empty) throws IOException {
        String deal = SampleDeals.give(tenant);
        Map<String, String> screens = new LinkedHashMap<>();
        screens.put("command-center", "/");
        screens.put("deals", "/deals");
        screens.put("deal", "/deals/" + deal);
        screens.put("deal-score", "/deals/" + deal + "?tab=scores");
        screens.put("deal-missing", "/deals/01a216bf-0000-7000-8000-000000000000");
        screens.put("leads", "/leads");
        screens.put("tasks", "/tasks");
        screens.put("forecast", "/forecast");
        screens.put("add-manual", "/add/manual");
        screens.put("add-web-form", "/add/web-form");
        screens.put("add-csv", "/add/csv");
        screens.put("add-email", "/add/email");
        screens.put("add-api", "/add/api");
        screens.put("add-hubspot", "/add/hubspot");
        screens.put("add-salesforce", "/add/salesforce");
        screens.put("quarantine", "/quarantine");
        screens.put("duplicates", "/duplicates");
        screens.put("imports", "/imports");
        screens.put("sources", "/sources");
        screens.put("activity", "/activity");
        screens.put("audit", "/audit");
        screens.put("settings", "/settings");
        screens.put("settings-keys", "/settings?tab=keys");
        screens.put("settings-automations", "/settings?tab=automations");
        screens.put("nowhere", "/settings/nothing");
        Files.createDirectories(PICTURES);
        SoftAssertions softly = new SoftAssertions();
        try (Visitor visitor = Visitor.of(browser, hub, tenant)) {
            screens.forEach((name, place) ->
                    softly.assertThatCode(() -> take(visitor, name, place)).doesNotThrowAnyException());
        }
        try (Visitor visitor = Visitor.of(browser, hub, empty)) {
            for (String place : EMPTY) {
                String name = "empty-" + (place.length() > 1 ? place.substring(1) : "command-center");
                softly.assertThatCode(() -> take(visitor, name, place)).doesNotThrowAnyException();
            }
        }
        softly.assertAll();
    }

    /** One visit to a screen: light first, then dark and narrow. */
    private static void take(Visitor visitor, String name, String path) {
        visitor.look(Look.LIGHT);
        visitor.open(path);
        picture(visitor, name + "-light");
        visitor.look(Look.DARK);
        picture(visitor, name + "-dark");
        visitor.look(Look.PHONE);
        picture(visitor, name + "-phone");
        visitor.audit(name + " on a phone");
        visitor.look(Look.LIGHT);
        visitor.audit(name);
        visitor.look(Look.DARK);
        visitor.auditColours(name + " in the dark");
    }

    private static void picture(Visitor visitor, String name) {
        visitor.settle();
        visitor.page()
                .screenshot(new Page.ScreenshotOptions()
                        .setPath(PICTURES.resolve(name + ".png"))
                        .setFullPage(true));
        visitor.keepsWithinItsWindow(name);
    }

    /** Deals of several sources and stages, some of them hostile. */
    private static final class SampleDeals {
        private static final List<String> STAGES =
                List.of("discovery", "qualification", "proposal", "negotiation", "closed_won", "closed_lost");
        private static final List<String> NAMES =
                List.of("Night shift planning", "Fleet portal", "Dock scanners", "Warehouse sensors", "Payroll switch");
        private static final List<String> COMPANIES =
                List.of("Cedar Hospitals", "Nordvik Tools AS", "Ostrava Glass", "Lumen Yoga", "Harbor Analytics");

        static String give(Tenant tenant) {
            List<Map<String, ?>> deals = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                deals.add(Map.of(
                        "external_id", "crm-" + i,
                        "name", NAMES.get(i % 5) + " " + i,
                        "company", COMPANIES.get(i % 5),
                        "value", 4800 + i * 9100,
                        "stage", STAGES.get(i % 6),
                        "probability", 10 + i % 7 * 12,
                        "contact_email", "person" + i + "@company" + i % 9 + ".example"));
            }
            deals.add(Map.of("name", "Refused", "value", "about 12 or 13"));
            deals.add(Map.of(
                    "name",
                    "<script>alert(1)</script> \u202e\u0645\u0631\u062d\u0628\u0627 " + "x".repeat(9000),
                    "company",
                    "<img src=x onerror=alert(1)>",
                    "value",
                    400_000,
                    "probability",
                    5));
            tenant.post("/bulk", deals);
            tenant.post(
                    "/web-form", Map.of("email", "omar@quince.example", "company", "Quince", "company_size", "51-200"));
            tenant.post(
                    "/manual",
                    Map.of(
                            "name",
                            "Tolling for the northern harbours",
                            "company",
                            "Quay Authority",
                            "value",
                            640_000,
                            "probability",
                            5,
                            "expected_close_date",
                            LocalDate.now(ZoneOffset.UTC).minusDays(40).toString()));
            Reply typed = tenant.post(
                    "/manual",
                    Map.of(
                            "name", "Route planning for the night fleet",
                            "company", "Tallin Rail",
                            "value", 120_000,
                            "probability", 20,
                            "contact_name", "Lena Novak",
                            "contact_email", "lena@tallin.example"));
            String deal = typed.textAt("/deal/id");
            tenant.patch("/" + deal, Map.of("probability", 60, "owner", "ann@tributary.example"));
            tenant.patch("/" + deal, Map.of("probability", 10));
            tenant.post("/" + deal + "/comments", Map.of("text", "@omar they ask for a pilot first"));
            Eventually.within(
                    Duration.ofSeconds(10),
                    () -> assertThat(tenant.get("/" + deal + "/scores").at("/items"))
                            .isNotEmpty());
            return deal;
        }
    }
}
