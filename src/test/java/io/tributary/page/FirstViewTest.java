package io.tributary.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.AriaRole;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.Visitor;
import io.tributary.testing.WithBrowser;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The first minute with the pages: signing in, and what that costs a browser. */
@WithBrowser
class FirstViewTest {
    private static final int MOST_REQUESTS = 30;
    private static final int MOST_BYTES = 150_000;

    @Test
    void a_link_signs_in_once_and_leaves_no_code_in_the_address(Browser browser, TestHub hub) {
        String link = hub.signInUrl();
        try (Visitor visitor = Visitor.stranger(browser, hub)) {
            Page page = visitor.page();
            page.navigate(link);
            assertThat(heading(page, "Command center")).isVisible();
            assertThat(page.url()).doesNotContain("code");

            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("demo"))
                    .click();
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out"))
                    .click();
            assertThat(heading(page, "Sign in to Tributary")).isVisible();

            page.navigate(hub.url() + "/imports");
            page.navigate(link);
            page.reload();
            assertThat(heading(page, "Sign in to Tributary")).isVisible();
        }
    }

    @Test
    void a_key_signs_in_and_is_kept_nowhere(Browser browser, TestHub hub, Tenant tenant) {
        try (Visitor visitor = Visitor.stranger(browser, hub)) {
            Page page = visitor.page();
            page.navigate(hub.url() + "/deals");
            page.getByLabel("Key of your workspace").fill("trib_wrong");
            page.keyboard().press("Enter");
            assertThat(page.getByText("No workspace has this key.")).isVisible();
            visitor.audit("a refused sign-in");

            page.getByLabel("Key of your workspace").fill(tenant.key());
            page.keyboard().press("Enter");
            assertThat(heading(page, "Deals")).isVisible();
            String kept = String.valueOf(page.evaluate(
                    "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, location.href])"));
            assertThat(kept).doesNotContain(tenant.key());
        }
    }

    @Test
    void the_first_view_is_small(Browser browser, TestHub hub, Tenant tenant) {
        tenant.post(
                "/bulk", java.util.List.of(Map.of("name", "One", "value", 1000), Map.of("name", "Two", "value", 500)));
        try (Visitor visitor = Visitor.of(browser, hub, tenant)) {
            visitor.open("/");
            long bytes = visitor.requests().stream()
                    .map(Request::sizes)
                    .mapToLong(sizes -> sizes.responseBodySize)
                    .sum();
            assertThat(visitor.requests()).as("requests").hasSizeLessThanOrEqualTo(MOST_REQUESTS);
            assertThat(bytes).as("bytes over the wire").isLessThanOrEqualTo(MOST_BYTES);
        }
    }

    private static com.microsoft.playwright.Locator heading(Page page, String name) {
        return page.getByRole(
                AriaRole.HEADING, new Page.GetByRoleOptions().setName(name).setLevel(1));
    }
}
