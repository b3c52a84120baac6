package io.tributary.admin;

import io.tributary.tenant.FormRules;
import io.tributary.tenant.Scope;
import java.math.BigDecimal;
import java.net.URI;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key as somebody asks for it.
 *
 * @param workspace the workspace it is for; null leaves that to whoever makes it
 * @param form what a public form's key allows; null for any other key
 */
record KeyRequest(
        String name,
        Set<Scope> scopes,
        @Nullable String workspace,
        @Nullable Map<String, @Nullable Object> form) {

    private static final Set<String> KNOWN =
            Set.of("name", "scopes", "workspace_id", "origins", "redirects", "per_minute");

    private static final int MOST_PER_MINUTE = 10_000;

    /** Reads the request, or refuses it naming every fault. */
    static KeyRequest read(Map<String, @Nullable Object> body) {
        Fields fields = new Fields(body).only(KNOWN);
        Set<Scope> scopes = scopes(fields);
        String workspace = fields.id("workspace_id").orElse(null);
        Map<String, @Nullable Object> form = form(fields, scopes);
        String name = fields.name("name").orElseGet(() -> String.join("+", codes(scopes)));
        fields.check();
        return new KeyRequest(name, scopes, workspace, form);
    }

    private static Set<Scope> scopes(Fields fields) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (String code : fields.texts("scopes")) {
            Scope.ofCode(code)
                    .ifPresentOrElse(
                            scopes::add,
                            () -> fields.fault(
                                    "scopes", code, "holds a scope that is none of " + String.join(", ", all())));
        }
        if (scopes.isEmpty() && !fields.hasFaultIn("scopes")) {
            fields.fault("scopes", fields.get("scopes"), "is required: at least one of " + String.join(", ", all()));
        }
        return scopes;
    }

    private static List<String> all() {
        return codes(EnumSet.allOf(Scope.class));
    }

    private static List<String> codes(Set<Scope> scopes) {
        return scopes.stream().map(Scope::code).toList();
    }

    private static @Nullable Map<String, @Nullable Object> form(Fields fields, Set<Scope> scopes) {
        if (!scopes.contains(Scope.FORM)) {
            for (String field : List.of("origins", "redirects", "per_minute")) {
                if (fields.has(field)) {
                    fields.fault(field, fields.get(field), "belongs to a key with the scope form");
                }
            }
            return null;
        }
        Map<String, @Nullable Object> form = new LinkedHashMap<>();
        form.put("origins", urls(fields, "origins", true));
        form.put("redirects", urls(fields, "redirects", false));
        form.put("per_minute", perMinute(fields));
        return form;
    }

    private static List<String> urls(Fields fields, String field, boolean originOnly) {
        Set<String> urls = fields.texts(field);
        for (String url : urls) {
            if (!isUrl(url, originOnly)) {
                fields.fault(
                        field,
                        url,
                        originOnly
                                ? "holds what is no origin, such as https://www.example.com"
                                : "holds what is no URL, such as https://www.example.com/thanks");
            }
        }
        return List.copyOf(urls);
    }

    private static boolean isUrl(String text, boolean originOnly) {
        try {
            URI uri = new URI(text);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            boolean plain = uri.getHost() != null && uri.getUserInfo() == null;
            String path = uri.getRawPath();
            boolean bare =
                    (path == null || path.isEmpty()) && uri.getRawQuery() == null && uri.getRawFragment() == null;
            return web && plain && (bare || !originOnly);
        } catch (java.net.URISyntaxException notAUrl) {
            return false;
        }
    }

    private static int perMinute(Fields fields) {
        Object value = fields.get("per_minute");
        if (value == null) {
            return FormRules.NONE.perMinute();
        }
        if (value instanceof Number number) {
            BigDecimal count = new BigDecimal(number.toString());
            if (count.signum() > 0
                    && count.compareTo(BigDecimal.valueOf(MOST_PER_MINUTE)) <= 0
                    && count.stripTrailingZeros().scale() <= 0) {
                return count.intValueExact();
            }
        }
        fields.fault("per_minute", value, "is no whole number from 1 to " + MOST_PER_MINUTE);
        return FormRules.NONE.perMinute();
    }
}
