package io.tributary.tenant;

import java.util.List;

/**
 * What a public form's key allows.
 *
 * @param origins pages that may send from a browser, as {@code https://www.example.com}; empty: none but same-origin
 * @param redirects URLs a visitor may be sent to after a form was taken
 * @param perMinute submissions from one address in a minute at most
 */
public record FormRules(List<String> origins, List<String> redirects, int perMinute) {
    public static final FormRules NONE = new FormRules(List.of(), List.of(), 30);
}
