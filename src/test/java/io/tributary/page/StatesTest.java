package io.tributary.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.tributary.testing.Eventually;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.Visitor;
import io.tributary.testing.Visitor.Look;
import io.tributary.testing.WithBrowser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What lies over a page or takes its place: dialogs, drawers, menus, faults, and a hub that cannot be reached. */
@WithBrowser
class StatesTest {
    @Test
    void what_lies_over_a_page_is_accessible_in_light_and_dark(Browser browser, TestHub hub, Tenant tenant) {
        String deal = tenant.post("/manual", Map.of("name", "Fleet portal", "value", 48_000))
                .textAt("/deal/id");
        try (Visitor visitor = Visitor.of(browser, hub, tenant)) {
            Page page = visitor.open("/deals/" + deal);
            button(page, "Edit").click();
            page.getByLabel("Value", new Page.GetByLabelOptions().setExact(true))
                    .fill("10 to 20");
            button(page, "Save").click();
            assertThat(page.getByText("This is not one plain amount")).isVisible();
            audit(visitor, "a drawer with a fault");

            visitor.open("/settings?tab=keys");
            page.keyboard().press("?");
            assertThat(page.locator("dialog.asking")).isVisible();
            visitor.audit("a question");
            page.keyboard().press("Escape");
            assertThat(page.locator("dialog.asking")).hasCount(0);
            visitor.look(Look.DARK);
            page.keyboard().press("?");
            assertThat(page.locator("dialog.asking")).isVisible();
            visitor.auditColours("a question in the dark");
            page.keyboard().press("Escape");
            assertThat(page.locator("dialog.asking")).hasCount(0);
            visitor.look(Look.LIGHT);
            button(page, tenant.id()).click();
            assertThat(page.getByText("As the system")).isVisible();
            audit(visitor, "a menu");

            visitor.open("/sources");
            button(page, "Connect").click();
            button(page, "Mailbox").click();
            page.locator("dialog")
                    .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Connect"))
                    .click();
            assertThat(page.locator("dialog .error").first()).isVisible();
            audit(visitor, "a connection that lacks something");
        }
    }

    private static void audit(Visitor visitor, String state) {
        visitor.audit(state);
        visitor.look(Look.DARK);
        visitor.auditColours(state + " in the dark");
        visitor.look(Look.LIGHT);
    }

    @Test
    void whoever_comes_back_from_a_provider_is_told_how_it_went(Browser browser, TestHub hub, Tenant tenant) {
        try (Visitor visitor = Visitor.of(browser, hub, tenant)) {
            Page page = visitor.open("/sources?connection=portal&authorisation=connected");

            assertThat(page.getByText("portal is connected.")).isVisible();
            assertThat(page).hasURL(hub.url() + "/sources");
        }
    }

    @Test
    void a_source_tells_who_must_act_and_how_long_its_credential_lasts(Browser browser, TestHub hub, Tenant tenant)
            throws Exception {
        Map<String, Object> parameters = Map.of(
                "host",
                "127.0.0.1",
                "port",
                TestHub.freePort(),
                "tls",
                "none",
                "username",
                "deals",
                "password",
                "secret");
        tenant.put("/connections/inbox", Map.of("kind", "mailbox", "parameters", parameters));
        Eventually.becomesTrue(
                Duration.ofSeconds(20),
                () -> tenant.get("/sources").textAt("/items/0/state").equals("failing"));
        try (Visitor visitor = Visitor.of(browser, hub, tenant)) {
            Page page = visitor.open("/sources");

            Locator card = page.getByRole(AriaRole.ARTICLE, new Page.GetByRoleOptions().setName("E-mail"));
            card.getByText("until the password is changed").waitFor();
            card.getByText("Needs you: 127.0.0.1").waitFor();
        }
    }

    @Test
    void a_page_that_was_cut_off_says_so_and_catches_up_by_itself(Browser browser, TestHub hub, Tenant tenant) {
        tenant.post("/manual", Map.of("name", "Before the break", "value", 1000));
        try (Visitor visitor = Visitor.of(browser, hub, tenant)) {
            List<WebSocketRoute> sockets = new ArrayList<>();
            visitor.page().routeWebSocket(address -> address.contains("/ws/deals"), socket -> {
                sockets.add(socket);
                socket.connectToServer();
            });
            Page page = visitor.open("/");
            Locator live = page.getByText("Live", new Page.GetByTextOptions().setExact(true));
            assertThat(live).isVisible();
            tenant.post("/manual", Map.of("name", "Seen live", "value", 1000));
            Locator feed = page.locator("t-live-feed");
            assertThat(feed.getByText("Seen live")).isVisible();

            page.context().setOffline(true);
            sockets.get(0).close();
            assertThat(page.getByText("Not live")).isVisible();
            tenant.post("/manual", Map.of("name", "Missed meanwhile", "value", 1000));
            page.getByRole(
                            AriaRole.LINK,
                            new Page.GetByRoleOptions().setName("Deals").setExact(true))
                    .click();
            assertThat(page.getByText("The hub cannot be reached")).isVisible();
            assertThat(page.getByText("Live updates stopped"))
                    .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(20_000));
            audit(visitor, "a page without its hub");

            page.context().setOffline(false);
            assertThat(live).isVisible();
            assertThat(page.getByText("Missed meanwhile")).isVisible();
            assertThat(sockets.get(sockets.size() - 1).url()).contains("since=");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Command center"))
                    .click();
            assertThat(feed.getByText("Missed meanwhile")).isVisible();
        }
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }
}
