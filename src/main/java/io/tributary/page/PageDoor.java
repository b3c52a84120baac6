package io.tributary.page;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends the page, its files and its libraries. The page is one for all places of the interface; which place it shows, it
 * reads from its own address.
 */
public final class PageDoor implements Consumer<Router> {
    /** The first segment of every address that shows the page. A new screen is entered here and in {@code screens.js}. */
    private static final List<String> PLACES = List.of(
            "add",
            "deals",
            "leads",
            "forecast",
            "tasks",
            "quarantine",
            "duplicates",
            "imports",
            "sources",
            "activity",
            "audit",
            "settings",
            "welcome");

    private static final int BEFORE_ROUTES = -1400;

    /** A year, in seconds. */
    private static final String FOR_GOOD = "public, max-age=31536000, immutable";

    private static final String ASK_AGAIN = "no-cache";

    private final WebJars libraries = new WebJars();
    private final @Nullable Path folder;
    private final PageFiles builtIn;

    /**
     * @param folder where to read the pages anew for every view, for those who work on them; null for the ones that come
     *     with the hub
     */
    public PageDoor(@Nullable Path folder) {
        this.folder = folder;
        this.builtIn = folder == null ? PageFiles.builtIn(libraries) : PageFiles.in(folder, libraries);
    }

    @Override
    public void accept(Router router) {
        Handler<RoutingContext> page = context -> sendPage(context, files());
        reading(router, "/").handler(page);
        for (String place : PLACES) {
            reading(router, "/" + place).handler(page);
            reading(router, "/" + place + "/*").handler(page);
        }
        reading(router, "/web/*").handler(this::sendOwn);
        reading(router, "/webjars/*").handler(this::sendLibrary);
    }

    private static Route reading(Router router, String path) {
        return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).order(BEFORE_ROUTES);
    }

    private PageFiles files() {
        return folder == null ? builtIn : PageFiles.in(folder, libraries);
    }

    private static void sendPage(RoutingContext context, PageFiles files) {
        context.response()
                .putHeader("Content-Security-Policy", files.policy())
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Referrer-Policy", "same-origin")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        send(context, files.page(), ASK_AGAIN);
    }

    private void sendOwn(RoutingContext context) {
        String path = context.normalizedPath().substring("/web/".length());
        PageFiles files = files();
        PageFile file = files.files().get(PageFiles.withoutVersion(path));
        if (file == null) {
            context.fail(404);
        } else {
            // A page opened before an update may still ask for a module it has not loaded yet: it gets today's.
            send(context, file, folder == null && files.isCurrent(path) ? FOR_GOOD : ASK_AGAIN);
        }
    }

    private void sendLibrary(RoutingContext context) {
        Optional<PageFile> file = libraries.file(context.normalizedPath().substring("/webjars/".length()));
        if (file.isPresent()) {
            send(context, file.get(), FOR_GOOD);
        } else {
            context.fail(404);
        }
    }

    private static void send(RoutingContext context, PageFile file, String caching) {
        HttpServerResponse response = context.response()
                .putHeader("Cache-Control", caching)
                .putHeader("ETag", file.etag())
                .putHeader("Vary", "Accept-Encoding")
                .putHeader("X-Content-Type-Options", "nosniff");
        String known = context.request().getHeader("If-None-Match");
        if (known != null && known.contains(file.etag())) {
            response.setStatusCode(304).end();
            return;
        }
        String accepted = context.request().getHeader("Accept-Encoding");
        // Over HTTP/2 the server packs by itself whatever says that it is packed, and would do so twice.
        boolean packed = file.gzipped()
                && accepted != null
                && accepted.contains("gzip")
                && context.request().version() != HttpVersion.HTTP_2;
        response.putHeader("Content-Type", file.contentType())
                .putHeader("Content-Encoding", packed ? "gzip" : "identity")
                .end(Buffer.buffer(packed ? file.packed() : file.plain()));
    }
}
