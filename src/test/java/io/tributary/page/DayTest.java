package io.tributary.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import io.tributary.tenant.Scope;
import io.tributary.testing.Caller;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.Visitor;
import io.tributary.testing.WithBrowser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a person does in a day, from the first deal typed in to an import undone. */
@WithBrowser
class DayTest {

    @Test
    void a_deal_is_typed_in_and_a_fault_is_told_at_its_field(Browser browser, TestHub hub, Tenant tenant) {
        try (Visitor visitor = Visitor.of(browser, hub, tenant)) {
            Page page = visitor.open("/add/manual");
            button(page, "Add deal").click();
            assertThat(page.getByText("This is required")).isVisible();
            assertThat(page.getByLabel("Deal name")).isFocused();

            page.getByLabel("Deal name").fill("Night shift planning");
            page.getByLabel("Value").fill("10 to 20");
            page.getByLabel("Company").fill("Cedar Hospitals");
            assertThat(page.getByText("Is not one plain amount").or(page.getByText("This is not one plain amount")))
                    .isVisible();
            page.getByLabel("Value").fill("75,000");
            page.keyboard().press("Enter");

            assertThat(page.getByText("Added:")).isVisible();
            assertThat(tenant.get("?q=night").at("/items/0/value").decimalValue())
                    .isEqualByComparingTo("75000");
        }
    }

    @Test
    void a_first_start_shows_what_to_do_and_samples_come_and_go(Browser browser, TestHub hub, Tenant tenant) {
        try (Visitor visitor = Visitor.of(browser, hub, tenant)) {
            Page page = visitor.open("/");
            button(page, "Look around with sample deals").click();
            assertThat(heading(page, "tributary-sample.csv")).isVisible();
            assertThat(page.getByText("2 rows in quarantine")).isVisible();
            assertThat(tenant.get("?q=(sample)").at("/items")).hasSize(14);

            button(page, "Undo import").click();
            page.locator("dialog")
                    .getByRole(AriaRole.BUTTON, name("Undo import"))
                    .click();
            assertThat(page.getByText("Undone", new Page.GetByTextOptions().setExact(true)))
                    .isVisible();
            page.navigate(hub.url() + "/");
            assertThat(page.getByText("No deals yet")).isVisible();
            assertThat(tenant.get("").at("/items")).isEmpty();
        }
    }

    @Test
    void a_messy_file_is_mapped_mended_run_and_undone(Browser browser, TestHub hub, Tenant tenant) {
        StringBuilder file = new StringBuilder("Projekt;Kunde;Betrag;Phase\n");
        for (int i = 0; i < 30; i++) {
            String amount = i % 10 == 3 ? "zwölf" : (1000 + i * 10) + ",50";
            file.append("Rollout " + i + ";Firma " + i + ";" + amount + ";" + (i % 2 == 0 ? "Verbal yes" : "Proposal")
                    + "\n");
        }
        file.append(";Ohne Name;12,00;Proposal\n");
        try (Visitor visitor = Visitor.of(browser, hub, tenant)) {
            Page page = visitor.open("/add/csv");
            page.locator("input[type=file]")
                    .setInputFiles(new FilePayload(
                            "messy.csv", "text/csv", file.toString().getBytes(StandardCharsets.UTF_8)));

            page.getByLabel("Field for Projekt").selectOption("name");
            assertThat(button(page, "Review 31 rows")).isEnabled();
            page.getByLabel("Field for Kunde").selectOption("company");
            page.getByLabel("Stage for Verbal yes").selectOption("negotiation");
            assertThat(page.getByText("Stages not known yet")).isHidden();
            button(page, "Review 31 rows").click();
            assertThat(button(page, "Import 27 rows, 4 wait in quarantine")).isEnabled();

            page.getByLabel("In place of zwölf").fill("12000");
            button(page, "Mend it everywhere").click();
            Locator run = button(page, "Import 30 rows, 1 waits in quarantine");
            assertThat(run).isEnabled();
            button(page, "Undo the last change").click();
            assertThat(button(page, "Import 27 rows, 4 wait in quarantine")).isEnabled();
            page.getByLabel("In place of zwölf").fill("12000");
            button(page, "Mend it everywhere").click();
            run.click();

            assertThat(heading(page, "messy.csv")).isVisible();
            assertThat(page.getByText("Done", new Page.GetByTextOptions().setExact(true)))
                    .isVisible();
            assertThat(page.getByText("1 row in quarantine")).isVisible();
            String address = page.url();
            page.navigate(hub.url() + "/deals?stage=negotiation");
            assertThat(page.getByText("Rollout 28")).isVisible();

            page.navigate(address);
            button(page, "Undo import").click();
            assertThat(page.getByText("30 deals it created go away.")).isVisible();
            page.locator("dialog")
                    .getByRole(AriaRole.BUTTON, name("Undo import"))
                    .click();
            assertThat(page.getByText("Undone", new Page.GetByTextOptions().setExact(true)))
                    .isVisible();
            assertThat(tenant.get("").at("/items")).isEmpty();
        }
    }

    @Test
    void refused_records_are_mended_one_by_one_and_together(Browser browser, TestHub hub, Tenant tenant) {
        tenant.post(
                "/bulk",
                List.of(
                        Map.of("name", "One", "value", "twelve"),
                        Map.of("name", "Two", "value", "twelve or so"),
                        Map.of("company", "No Name Ltd", "value", 100)));
        try (Visitor visitor = Visitor.of(browser, hub, tenant)) {
            Page page = visitor.open("/quarantine");
            button(page, "Value is not one plain amount API").click();
            page.getByLabel("Value for all of them").fill("12");
            button(page, "See what would happen").click();
            assertThat(page.getByText("2 would be created")).isVisible();
            assertThat(tenant.get("").at("/items")).isEmpty();
            button(page, "Replay 2 records").click();
            assertThat(page.getByText("2 records taken")).isVisible();

            page.locator(".entry-open")
                    .filter(new Locator.FilterOptions().setHasText("Name is required"))
                    .click();
            Locator fix = page.locator("t-record-fix");
            fix.getByLabel("Name").fill("Found out");
            fix.getByRole(AriaRole.BUTTON, name("See what would happen")).click();
            assertThat(fix.getByText("It would be a new deal:")).isVisible();
            fix.getByRole(AriaRole.BUTTON, name("Replay")).click();
            assertThat(page.getByText("Nothing waits")).isVisible();
            assertThat(tenant.get("").at("/items")).hasSize(3);
        }
    }

    @Test
    void a_form_sent_in_one_tab_is_seen_live_in_another(Browser browser, TestHub hub, Tenant tenant) {
        try (Visitor visitor = Visitor.of(browser, hub, tenant)) {
            visitor.open("/add/web-form");
            Page second = visitor.secondTab("/");
            assertThat(second.getByText("Live", new Page.GetByTextOptions().setExact(true)))
                    .isVisible();

            Page page = visitor.page();
            page.getByLabel("E-mail").fill("omar@quince.example");
            page.locator("form")
                    .getByLabel("Company", new Locator.GetByLabelOptions().setExact(true))
                    .fill("Quince");
            button(page, "Send a test").click();

            assertThat(page.getByText("Seen on the live feed.")).isVisible();
            assertThat(second.locator("t-live-feed").getByText("Quince").first())
                    .isVisible();
        }
    }

    @Test
    void a_deals_reasons_are_read_and_a_call_raises_its_score(Browser browser, TestHub hub, Tenant tenant) {
        String id = tenant.post("/manual", Map.of("name", "Fleet portal", "value", 48_000, "probability", 20))
                .textAt("/deal/id");
        try (Visitor visitor = Visitor.of(browser, hub, tenant)) {
            Page page = visitor.open("/");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Fleet portal"))
                    .first()
                    .click();
            assertThat(page).hasURL(hub.url() + "/deals/" + id);
            Locator score = page.locator("t-deal .ring text").first();
            String before = score.textContent();
            assertThat(page.getByText("not known: ")).isVisible();
            assertThat(page.getByText("Log a call, a meeting or a mail with the contact."))
                    .isVisible();

            page.getByLabel("What was said").fill("They want an offer by Friday");
            button(page, "Log it").click();

            assertThat(page.getByText("They want an offer by Friday").first()).isVisible();
            assertThat(score).not().hasText(before);

            button(page, "Name the next step.").click();
            assertThat(page.getByLabel("Next step")).isFocused();
            page.getByLabel("Next step").fill("Send the offer");
            button(page, "Save").click();
            assertThat(page.getByText("The next step is named: Send the offer")).isVisible();
            assertThat(button(page, "Name the next step.")).isHidden();
        }
    }

    @Test
    void a_deal_that_turns_leaves_a_task_that_is_talked_over_and_settled(Browser browser, TestHub hub, Tenant tenant) {
        tenant.put("/settings", Map.of("health_profile", "atom-v1"));
        Map<String, ?> sound = Map.of(
                "name", "Fleet portal", "value", 48_000, "probability", 80, "contact_email", "lena@cedar.example");
        tenant.put("/settings", Map.of("health_profile", "atom-v1"));
        String id = tenant.post("/manual", sound).textAt("/deal/id");
        try (Visitor visitor = Visitor.of(browser, hub, tenant)) {
            Page page = visitor.open("/deals/" + id);
            assertThat(page.getByText("Nothing is to be done.")).isVisible();
            button(page, "Edit").click();
            page.getByLabel("Owner").fill("ann@cedar.example");
            page.getByLabel("Probability, %").fill("10");
            button(page, "Save").click();
            Locator task = page.getByLabel("Done: Follow up on Fleet portal");
            assertThat(task).isVisible();

            page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Comments"))
                    .click();
            page.getByLabel("Comment", new Page.GetByLabelOptions().setExact(true))
                    .fill("@ann is the price settled?");
            button(page, "Comment").click();
            assertThat(page.locator(".mention")).hasText("@ann");
            visitor.audit("a deal that is talked over");

            task.check();
            assertThat(page.getByText("by key:")).isVisible();
            assertThat(tenant.get("/tasks?state=done").textAt("/items/0/assignee"))
                    .isEqualTo("ann@cedar.example");
            visitor.open("/tasks");
            assertThat(page.getByText("Nothing is to be done", new Page.GetByTextOptions().setExact(true)))
                    .isVisible();
        }
    }

    @Test
    void an_automation_is_switched_off_and_a_lead_judged(Browser browser, TestHub hub, Tenant tenant) {
        tenant.post(
                "/manual",
                Map.of("name", "Fleet portal", "contact_name", "Lena Novak", "contact_email", "lena@cedar.example"));
        try (Visitor visitor = Visitor.of(browser, hub, tenant)) {
            Page page = visitor.open("/settings?tab=automations");
            page.getByRole(AriaRole.SWITCH, new Page.GetByRoleOptions().setName("Run high-risk"))
                    .uncheck();
            assertThat(page.getByText("Off", new Page.GetByTextOptions().setExact(true)))
                    .isVisible();
            assertThat(tenant.get("/automations").at("/items/0/enabled").asBoolean())
                    .isFalse();

            visitor.open("/leads");
            button(page, "Lena Novak").click();
            Locator lead = page.locator("dialog");
            assertThat(lead.getByText("cedar.example", new Locator.GetByTextOptions().setExact(true)))
                    .isVisible();
            assertThat(lead.getByText("Fleet portal")).isVisible();
            lead.getByLabel("Status").selectOption("qualified");
            assertThat(page.getByText("Saved")).isVisible();
            assertThat(tenant.get("/leads").textAt("/items/0/status")).isEqualTo("qualified");
            visitor.audit("a lead");
        }
    }

    @Test
    void two_deals_are_merged_and_taken_apart_again(Browser browser, TestHub hub, Tenant tenant) {
        Map<String, ?> contact = Map.of("contact_email", "lena@cedar.example", "contact_name", "Lena Novak");
        tenant.post("/manual", deal(contact, "Night shift planing", "Cedar Hospitals"));
        tenant.post("/manual", deal(contact, "Night shift planning", "Cedar Hospital Group"));
        try (Visitor visitor = Visitor.of(browser, hub, tenant)) {
            Page page = visitor.open("/duplicates");
            page.getByLabel("Night shift planning", new Page.GetByLabelOptions().setExact(true))
                    .check();
            page.getByRole(
                            AriaRole.BUTTON,
                            new Page.GetByRoleOptions().setName("Merge").setExact(true))
                    .click();
            assertThat(page.getByText("Nothing to decide")).isVisible();
            assertThat(tenant.get("").at("/items")).hasSize(1);
            assertThat(tenant.get("").textAt("/items/0/name")).isEqualTo("Night shift planning");

            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Undo"))
                    .click();
            assertThat(page.getByText("Two deals again, as they were")).isVisible();
            assertThat(tenant.get("").at("/items")).hasSize(2);
        }
    }

    private static Map<String, ?> deal(Map<String, ?> contact, String name, String company) {
        Map<String, Object> deal = new LinkedHashMap<>(contact);
        deal.put("name", name);
        deal.put("company", company);
        deal.put("value", 75_000);
        return deal;
    }

    @Test
    void a_key_is_made_shown_once_and_revoked(Browser browser, TestHub hub, Tenant tenant) {
        try (Visitor visitor = Visitor.of(browser, hub, tenant)) {
            Page page = visitor.open("/settings?tab=keys");
            button(page, "New key").click();
            page.getByLabel("What it is for").fill("Nightly export");
            page.getByLabel("Read everything of the workspace").check();
            button(page, "Make key").click();
            String key = page.locator(".note-box code").textContent();
            assertThat(new Caller(hub.url(), key).get("").status()).isEqualTo(200);

            page.reload();
            assertThat(page.getByText("Nightly export")).isVisible();
            assertThat(page.content()).doesNotContain(key);
            button(page, "Revoke Nightly export").click();
            page.locator("dialog").getByRole(AriaRole.BUTTON, name("Revoke")).click();
            assertThat(page.getByText("Nightly export", new Page.GetByTextOptions().setExact(true)))
                    .isHidden();
            assertThat(new Caller(hub.url(), key).get("").status()).isEqualTo(401);
        }
    }

    @Test
    void a_thousand_events_leave_the_page_usable_and_the_list_short(Browser browser, TestHub hub, Tenant tenant) {
        try (Visitor visitor = Visitor.of(browser, hub, tenant)) {
            Page page = visitor.open("/");
            assertThat(page.getByText("Live", new Page.GetByTextOptions().setExact(true)))
                    .isVisible();
            List<Map<String, ?>> deals = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                deals.add(Map.of("external_id", "x" + i, "name", "Deal " + i, "value", i));
            }
            tenant.post("/bulk", deals);

            assertThat(page.getByText("2,000 active deals")).isVisible();
            assertThat(page.locator("t-live-feed li").count()).isLessThanOrEqualTo(60);
            page.keyboard().press("g");
            page.keyboard().press("d");
            assertThat(heading(page, "Deals")).isVisible();
        }
    }

    @Test
    void what_a_key_may_not_do_is_not_offered(Browser browser, TestHub hub, Tenant tenant) {
        Caller reader = tenant.with(Set.of(Scope.READ));
        try (Visitor visitor = Visitor.of(browser, hub, reader)) {
            Page page = visitor.open("/");
            assertThat(button(page, "Add deal")).isHidden();
            assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Settings")))
                    .isHidden();
            visitor.open("/add/manual");
            assertThat(page.getByText("This session may read, but not hand in deals."))
                    .isVisible();
            visitor.audit("a panel of a reader");
        }
    }

    private static Locator.GetByRoleOptions name(String name) {
        return new Locator.GetByRoleOptions().setName(name);
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    private static Locator heading(Page page, String name) {
        return page.getByRole(
                AriaRole.HEADING,
                new Page.GetByRoleOptions().setName(name).setLevel(1).setExact(true));
    }
}
