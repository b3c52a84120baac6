package io.tributary.page;

import io.tributary.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells a browser where the modules lie that pages import by name. */
final class ImportMap {
    private ImportMap() {}

    static String of(WebJars libraries) {
        String root = "/webjars/";
        Map<String, String> imports = new LinkedHashMap<>();
        // All of lit that a page needs: its own index adds what only a server asks.
        imports.put("lit", root + libraries.folder("lit-element") + "lit-element.js");
        imports.put("@lit/reactive-element", root + libraries.folder("lit__reactive-element") + "reactive-element.js");
        imports.put("lit-html", root + libraries.folder("lit-html") + "lit-html.js");
        imports.put("lit-html/", root + libraries.folder("lit-html"));
        return new String(Json.writeBytes(Map.of("imports", imports)), StandardCharsets.UTF_8);
    }
}
