package io.tributary.openapi;

import io.tributary.answer.Answer;
import io.tributary.answer.ApiException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The page that shows the API's description: Swagger UI from its own archive, without another host or inline script. */
public final class ApiPage {
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String OWN = "/docs/";
    private static final String LIBRARY = "/META-INF/resources/webjars/swagger-ui/5.34.1/";

    /** Every file of the page, with its type. */
    private static final Map<String, String> TYPES = Map.of(
            "index.html", "text/html; charset=utf-8",
            "docs.js", "text/javascript; charset=utf-8",
            "swagger-ui-bundle.js", "text/javascript; charset=utf-8",
            "swagger-ui.css", "text/css; charset=utf-8",
            "favicon-32x32.png", "image/png");

    /** The page itself. */
    public Answer page() {
        return file("index.html");
    }

    /**
     * A file that the page names.
     *
     * @throws ApiException 404 for every other
     */
    public Answer file(String name) {
        String type = TYPES.get(name);
        if (type == null) {
            throw ApiException.notFound();
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Security-Policy", POLICY);
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Cache-Control", "no-cache");
        return new Answer(200, type, read(name), headers);
    }

    private static byte[] read(String name) {
        String own = OWN + name;
        try (InputStream ours = ApiPage.class.getResourceAsStream(own);
                InputStream theirs = ApiPage.class.getResourceAsStream(LIBRARY + name)) {
            InputStream in = ours == null ? theirs : ours;
            if (in == null) {
                throw new IllegalStateException("the archive lacks " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + name, e);
        }
    }
}
