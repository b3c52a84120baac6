package io.tributary.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.RequestOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A person at a browser of their own: what the page does wrong behind their back is written down, and {@link #close} fails
 * for it: a breach of the content policy, a request to another host, an error of a script, a page wider than its window.
 */
public final class Visitor implements AutoCloseable {
    private static final List<String> RULES =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

    private static final String AXE = AxeBuilder.getAxeScript();

    private static final String TELL_VIOLATIONS =
            "async options => (await axe.run(document, options)).violations.map(rule => rule.id + ': ' + rule.help"
                    + " + rule.nodes.slice(0, 3).map(node => ' ' + node.target + ' ' + node.html))";

    private static final String NOTE_VIOLATIONS = "addEventListener('securitypolicyviolation', event =>"
            + " (globalThis.violations ??= []).push(event.violatedDirective + ' ' + event.blockedURI))";

    /** What is drawn with an answer may ask for more, and a change of colour takes a frame to begin. */
    private static final String TWO_FRAMES =
            "new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))";

    private static final String END_OF_MOTION =
            "Promise.allSettled(document.getAnimations().map(motion => motion.finished)).then(() => undefined)";

    private final String url;
    private final BrowserContext context;
    private final Page page;
    private final List<String> faults = new ArrayList<>();
    private final List<Request> requests = new ArrayList<>();
    private final Set<Request> outstanding = new HashSet<>();
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
            outstanding.add(request);
            if (!request.url().startsWith(url) && !request.url().startsWith("blob:" + url)) {
                faults.add("request to " + request.url());
            }
        });
        watched.onRequestFinished(outstanding::remove);
        watched.onRequestFailed(outstanding::remove);
    }

    public Page page() {
        return page;
    }

    /** Goes to a path and waits until the screen is there. */
    public Page open(String path) {
        noteViolations();
        audited = false;
        // What the page before was still asking for is answered to nobody, and must have been told by then.
        page.navigate("about:blank");
        outstanding.clear();
        page.navigate(url + path);
        settle();
        return page;
    }

    /** The same page at another window. */
    public void look(Look look) {
        page.setViewportSize(look.width(), look.height());
        page.emulateMedia(
                new Page.EmulateMediaOptions().setColorScheme(look.dark() ? ColorScheme.DARK : ColorScheme.LIGHT));
        page.evaluate(TWO_FRAMES);
        page.evaluate(END_OF_MOTION);
    }

    /** Until the screen is there, nothing of it is a placeholder any more, and no answer is outstanding. */
    public void settle() {
        page.locator("h1").first().waitFor();
        PlaywrightAssertions.assertThat(page.locator(".bones, .boot")).hasCount(0);
        do {
            page.waitForCondition(outstanding::isEmpty);
            page.evaluate(TWO_FRAMES);
        } while (!outstanding.isEmpty());
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
        keepsWithinItsWindow(state);
        audit(state, Map.of("type", "tag", "values", RULES));
    }

    /** Fails when a text of the page as it is now does not stand out enough; all else of a page is the same in every colour. */
    public void auditColours(String state) {
        audit(state, Map.of("type", "rule", "values", List.of("color-contrast")));
    }

    /** Fails when the page as it is now is wider than its window. */
    public void keepsWithinItsWindow(String state) {
        int[] widths = {
            ((Number) page.evaluate("document.documentElement.scrollWidth")).intValue(),
            ((Number) page.evaluate("innerWidth")).intValue()
        };
        assertThat(widths[0]).as("width of " + state).isLessThanOrEqualTo(widths[1]);
    }

    private void audit(String state, Map<String, Object> rules) {
        noteViolations();
        if (page.evaluate("typeof axe === 'undefined'").equals(true)) {
            page.evaluate(AXE);
        }
        // From here on the page holds a style of axe's own, which the policy rightly refuses.
        audited = true;
        Map<String, Object> asked = Map.of("runOnly", rules, "resultTypes", List.of("violations"));
        Object violations = page.evaluate(TELL_VIOLATIONS, asked);
        for (int again = 0; again < 3 && !((List<?>) violations).isEmpty(); again++) {
            // Just after a switch to dark Chromium may still tell a colour of before; what is wrong stays wrong.
            page.evaluate(TWO_FRAMES);
            page.evaluate(END_OF_MOTION);
            violations = page.evaluate(TELL_VIOLATIONS, asked);
        }
        assertThat((List<?>) violations).as("accessibility of " + state).isEmpty();
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
