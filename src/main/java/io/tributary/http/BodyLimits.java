package io.tributary.http;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

/** How large a body may be, by what it is: 10 MB of JSON or form, 25 MB of mail, 500 MB of file. */
public final class BodyLimits {
    private static final long MEGABYTE = 1024 * 1024;

    private final BodyHandler ordinary;
    private final BodyHandler mail;
    private final BodyHandler file;

    /** Uploaded files lie in {@code uploads} until their request has ended. */
    public BodyLimits(String uploads) {
        this.ordinary = HubHttpServer.newBodyHandler(uploads, 10 * MEGABYTE);
        this.mail = HubHttpServer.newBodyHandler(uploads, 25 * MEGABYTE);
        // Some room for the parts around the file.
        this.file = HubHttpServer.newBodyHandler(uploads, 501 * MEGABYTE);
    }

    Handler<RoutingContext> handler() {
        return context -> {
            String type = context.parsedHeaders().contentType().component();
            String subtype = context.parsedHeaders().contentType().subComponent();
            if ("multipart".equalsIgnoreCase(type) && context.normalizedPath().startsWith(SourcePaths.BASE + "/csv/")) {
                file.handle(context);
            } else if ("message".equalsIgnoreCase(type) && "rfc822".equalsIgnoreCase(subtype)) {
                mail.handle(context);
            } else {
                ordinary.handle(context);
            }
        };
    }
}
