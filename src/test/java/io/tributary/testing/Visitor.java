package io.tributary.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.AxeResults;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.RequestOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A person at a browser of their own: what the page does wrong behind their back is written down, and {@link #close} fails
 * for it: a breach of the content policy, a request to another host, an error of a script, a page wider than its window.
 */
public final class Visitor implements AutoCloseable {
    private static final String NOTE_VIOLATIONS = "addEventListener('securitypolicyviolation', event =>"
            + " (globalThis.violations ??= []).push(event.violatedDirective + ' ' + event.blockedURI))";

    private final String url;
    private final BrowserContext context;
    private final Page page;
    private final List<String> faults = new ArrayList<>();
    private final List<Request> requests = new ArrayList<>();
    private boolean audited;

    private Visitor(Browser browser, String url, Look look) {
        this.url = url;
        this.context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(look.width(), look.height())
                .setColorScheme(look.dark() ? ColorScheme.DARK : ColorScheme.LIGHT)
                .setLocale("en-US")
                .setTimezoneId("UTC")
                .setReducedMotion(ReducedMotion.REDUCE));
        this.context.setDefaultTimeout(15_000);
        this.context.addInitScript(NOTE_VIOLATIONS);
        this.page = context.newPage();
        watch(page);
    }

    /** How a window looks. */
    public record Look(int width, int height, boolean dark) {
        public static final Look LIGHT = new Look(1360, 900, false);
        public static final Look DARK = new Look(1360, 900, true);
        public static final Look PHONE = new Look(390, 844, false);
    }

    /** Somebody who is not signed in. */
    public static Visitor stranger(Browser browser, TestHub hub) {
        return new Visitor(browser, hub.url(), Look.LIGHT);
    }

    /** Somebody signed in by the tenant's key. */
    public static Visitor of(Browser browser, TestHub hub, Caller caller) {
        return of(browser, hub, caller, Look.LIGHT);
    }

    /** Somebody signed in by a key, at a window of that look. */
    public static Visitor of(Browser browser, TestHub hub, Caller caller, Look look) {
        Visitor visitor = new Visitor(browser, hub.url(), look);
        var answer = visitor.context
                .request()
                .post(
                        hub.url() + "/session",
                        RequestOptions.create().setData(Map.of("key", String.valueOf(caller.key()))));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return visitor;
    }

    private void watch(Page watched) {
        watched.onPageError(error -> faults.add("error " + error));
        watched.onRequest(request -> {
            requests.add(request);
            if (!request.url().startsWith(url) && !request.url().startsWith("blob:" + url)) {
                faults.add("request to " + request.url());
            }
        });
    }

    public Page page() {
        return page;
    }

    /** Goes to a path and waits until the screen is there. */
    public Page open(String path) {
        noteViolations();
        audited = false;
        page.navigate(url + path);
        page.locator("h1").first().waitFor();
        page.waitForLoadState(LoadState.NETWORKIDLE);
        return page;
    }

    /** A second tab of the same person. */
    public Page secondTab(String path) {
        Page second = context.newPage();
        watch(second);
        second.navigate(url + path);
        second.locator("h1").first().waitFor();
        return second;
    }

    /** Everything the browser has asked for so far. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** Fails when the page as it is now breaks a rule of WCAG 2.2 AA that a machine can tell, or is wider than its window. */
    public void audit(String state) {
        noteViolations();
        int[] widths = {
            ((Number) page.evaluate("document.documentElement.scrollWidth")).intValue(),
            ((Number) page.evaluate("innerWidth")).intValue()
        };
        assertThat(widths[0]).as("width of " + state).isLessThanOrEqualTo(widths[1]);
        AxeResults results = new AxeBuilder(page)
                .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"))
                .analyze();
        // From here on the page holds a style of axe's own, which the policy rightly refuses.
        audited = true;
        assertThat(results.getViolations().stream().map(Visitor::tell).toList())
                .as("accessibility of " + state)
                .isEmpty();
    }

    private static String tell(Rule rule) {
        return rule.getId() + ": " + rule.getHelp() + " "
                + rule.getNodes().stream()
                        .limit(3)
                        .map(node -> node.getTarget() + " " + node.getHtml())
                        .toList();
    }

    private void noteViolations() {
        if (!audited && page.evaluate("globalThis.violations ?? []") instanceof List<?> violations) {
            violations.forEach(violation -> faults.add("policy " + violation));
            page.evaluate("globalThis.violations = []");
        }
    }

    @Override
    public void close() {
        noteViolations();
        context.close();
        assertThat(faults).isEmpty();
    }
}
