package io.tributary.page;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What the page may load and run: its own files, the one inline import map, and no text that becomes markup or code. */
final class ContentPolicy {
    private ContentPolicy() {}

    /** The policy of a page whose only inline script is this import map. */
    static String allowing(String importMap) {
        String hash = Base64.getEncoder().encodeToString(PageFile.sha256(importMap.getBytes(StandardCharsets.UTF_8)));
        return "default-src 'none'; script-src 'self' 'sha256-" + hash + "'; style-src 'self'; connect-src 'self'; "
                + "img-src 'self'; font-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; "
                + "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html tributary";
    }
}
