import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Measures the pages of a hub that runs, in the system's Chromium: how soon the first view is there, and the longest task
 * while a review of 10,000 rows is scrolled from end to end. Nothing is written: the review is of a file that is not run.
 *
 * <p>{@code ./mvnw -q dependency:build-classpath -Dmdep.outputFile=cp -Dmdep.includeScope=test}, then
 * {@code java -cp "$(cat cp)" bench/Pages.java http://localhost:8080 KEY [CHROMIUM]}
 */
public class Pages {
    private static final int VIEWS = 7;
    private static final int ROWS = 10_000;

    /** From the start of the navigation to the figures of the command center, in milliseconds. */
    private static final String SEEN =
            "new Promise(seen => { const look = () => document.querySelector('.tile .big')"
                    + " ? seen(performance.now()) : requestAnimationFrame(look); look(); })";

    private static final String WATCH =
            "globalThis.tasks = []; new PerformanceObserver(list => tasks.push(...list.getEntries().map(task => task.duration)))"
                    + ".observe({ type: 'longtask' })";

    /** By the height of a window and a frame at a time, down and up again. */
    private static final String SCROLL =
            "async () => { const frame = document.querySelector('.virtual'); let frames = 0;"
                    + " const next = () => new Promise(done => requestAnimationFrame(done));"
                    + " for (let y = 0; y < frame.scrollHeight; y += frame.clientHeight) { frame.scrollTop = y; frames++; await next(); }"
                    + " for (let y = frame.scrollHeight; y > 0; y -= 3 * frame.clientHeight) { frame.scrollTop = y; frames++; await next(); }"
                    + " await new Promise(done => setTimeout(done, 300)); return [frames, tasks.length, Math.max(0, ...tasks)]; }";

    public static void main(String[] arguments) {
        String hub = arguments[0];
        String key = arguments[1];
        Path chromium = Path.of(arguments.length > 2 ? arguments[2] : "/usr/bin/chromium");
        try (Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(chromium)
                                .setArgs(List.of("--no-sandbox", "--disable-gpu", "--no-first-run")))) {
            List<Double> times = new ArrayList<>();
            for (int i = 0; i < VIEWS; i++) {
                try (BrowserContext context = signedIn(browser, hub, key)) {
                    Page page = context.newPage();
                    page.navigate(hub + "/");
                    times.add(((Number) page.evaluate(SEEN)).doubleValue());
                }
            }
            times.sort(null);
            System.out.printf(
                    "First view, nothing cached: median %.0f ms, slowest %.0f ms of %d%n",
                    times.get(VIEWS / 2), times.get(VIEWS - 1), VIEWS);
            try (BrowserContext context = signedIn(browser, hub, key)) {
                review(context.newPage(), hub);
            }
        }
    }

    private static BrowserContext signedIn(Browser browser, String hub, String key) {
        BrowserContext context = browser.newContext(
                new Browser.NewContextOptions().setViewportSize(1360, 900).setLocale("en-US"));
        int status = context.request()
                .post(hub + "/session", RequestOptions.create().setData(Map.of("key", key)))
                .status();
        if (status != 201) {
            throw new IllegalStateException("signing in was answered " + status);
        }
        return context;
    }

    private static void review(Page page, String hub) {
        StringBuilder file = new StringBuilder("Name,Company,Value,Stage\n");
        for (int i = 0; i < ROWS; i++) {
            file.append("Rollout ").append(i).append(",Firm ").append(i % 900).append(',');
            file.append(i % 10 == 3 ? "twelve" : String.valueOf(1000 + i)).append(",Proposal\n");
        }
        page.navigate(hub + "/add/csv");
        page.locator("input[type=file]")
                .setInputFiles(new FilePayload(
                        "review.csv", "text/csv", file.toString().getBytes(StandardCharsets.UTF_8)));
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Review 10,000 rows"))
                .click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("All").setExact(true))
                .click();
        page.locator(".virtual table[aria-rowcount='10001'] tbody tr").nth(10).waitFor();
        page.evaluate(WATCH);
        List<?> result = (List<?>) page.evaluate(SCROLL);
        System.out.printf(
                "Review of %,d rows, scrolled from end to end in %s frames: %s tasks over 50 ms, the longest %s ms%n",
                ROWS, result.get(0), result.get(1), result.get(2));
    }
}
