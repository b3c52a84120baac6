package io.tributary.enrichment;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an enricher's answer says, by the names under which it is kept: {@code company=$.name, phone=$.phones[0]}. A path
 * names members with dots between them and entries of arrays by number; {@code $} may be left out.
 */
record EnricherFields(Map<String, JsonPointer> places) {
    private static final int MOST = 30;
    private static final int LONGEST_VALUE = 500;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final Pattern STEP = Pattern.compile("\\.?([^.\\[\\]]+)|\\[(\\d{1,4})]");

    EnricherFields {
        places = Map.copyOf(places);
    }

    /** @throws IllegalArgumentException telling what is wrong, as the rest of a sentence */
    static EnricherFields parse(String text) {
        Map<String, JsonPointer> places = new LinkedHashMap<>();
        for (String field : text.split(",", -1)) {
            int equals = field.indexOf('=');
            String name = equals < 0 ? "" : field.substring(0, equals).strip().toLowerCase(Locale.ROOT);
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "is no list such as company=$.name, phone=$.phones[0]: \"" + field.strip() + "\"");
            }
            places.put(name, pointer(field.substring(equals + 1).strip()));
        }
        if (places.size() > MOST) {
            throw new IllegalArgumentException("names more than " + MOST + " fields");
        }
        return new EnricherFields(places);
    }

    private static JsonPointer pointer(String path) {
        StringBuilder pointer = new StringBuilder();
        String rest = path.startsWith("$") ? path.substring(1) : path;
        Matcher step = STEP.matcher(rest);
        int end = 0;
        while (end < rest.length() && step.find(end) && step.start() == end) {
            String name = step.group(1) == null ? step.group(2) : step.group(1);
            pointer.append('/').append(name.replace("~", "~0").replace("/", "~1"));
            end = step.end();
        }
        if (end < rest.length() || end == 0) {
            throw new IllegalArgumentException("holds \"" + path + "\", which is no path such as $.company.name");
        }
        return JsonPointer.compile(pointer.toString());
    }

    /** The values that the answer has; what is no text, number or truth value, or is blank, is left out. */
    Map<String, Object> read(JsonNode answer) {
        Map<String, Object> facts = new LinkedHashMap<>();
        places.forEach((name, place) -> {
            JsonNode value = answer.at(place);
            String text = value.isValueNode() && !value.isNull() ? clean(value.asText()) : "";
            if (!text.isEmpty()) {
                facts.put(name, text);
            }
        });
        return facts;
    }

    private static String clean(String text) {
        String clean = text.codePoints()
                .filter(c -> !Character.isISOControl(c) && (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE))
                .limit(LONGEST_VALUE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return clean.strip();
    }
}
