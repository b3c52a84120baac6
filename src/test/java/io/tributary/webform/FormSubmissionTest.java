package io.tributary.webform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormSubmissionTest {
    private static final Instant RECEIVED = Instant.parse("2027-03-01T10:00:00Z");
    private static final long NOW = RECEIVED.toEpochMilli();

    @ParameterizedTest
    @ValueSource(strings = {"_gotcha", "_honey", "_honeypot", "honeypot", "hp_name", "HP_Phone", "website_url"})
    void a_filled_honeypot_gives_a_machine_away_and_is_not_kept(String field) {
        FormSubmission submission = read("email", "a@b.example", field, "x");
        assertThat(submission.spamReasons()).containsExactly("honeypot");
        assertThat(submission.content()).containsOnlyKeys("email");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   "})
    void an_empty_honeypot_says_nothing_and_is_not_kept_either(String value) {
        FormSubmission submission = read("_gotcha", value, "hp_a", List.of("", value));
        assertThat(submission.spamReasons()).isEmpty();
        assertThat(submission.content()).isEmpty();
    }

    @Test
    void one_filled_value_among_several_is_enough() {
        assertThat(read("_gotcha", List.of("", "x")).spamReasons()).containsExactly("honeypot");
    }

    @Test
    void a_server_may_tell_the_site_of_its_visitor() {
        FormSubmission submission = FormSubmission.of(fields("website_url", "https://a.example"), false, RECEIVED);
        assertThat(submission.spamReasons()).isEmpty();
        assertThat(submission.content()).containsEntry("website_url", "https://a.example");
    }

    @ParameterizedTest
    @CsvSource({
        "0, true",
        "1999, true",
        "2000, false",
        "86400000, false",
        "-1, false",
        "-60000, false",
    })
    void a_form_that_comes_back_within_two_seconds_is_suspicious(long elapsed, boolean suspicious) {
        for (String field : List.of("form_loaded_at", "_ts")) {
            List<String> expected = suspicious ? List.of("too_fast") : List.of();
            assertThat(read(field, NOW - elapsed).spamReasons()).isEqualTo(expected);
            assertThat(read(field, " " + (NOW - elapsed)).spamReasons()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "1e3", "-5", "99999999999999999999999", "٣"})
    void a_loading_time_that_is_none_says_nothing_and_is_not_kept(String time) {
        FormSubmission submission = read("_ts", time);
        assertThat(submission.spamReasons()).isEmpty();
        assertThat(submission.content()).isEmpty();
    }

    @Test
    void both_traps_are_told() {
        assertThat(read("_ts", NOW, "_gotcha", "x").spamReasons()).containsExactly("honeypot", "too_fast");
    }

    @ParameterizedTest
    @ValueSource(strings = {"redirect", "retURL", "returl", "Redirect"})
    void a_redirect_is_taken_letter_by_letter_and_not_kept(String field) {
        FormSubmission submission = read(field, "https://Shop.example/thanks?a=1 ");
        assertThat(submission.redirect()).isEqualTo("https://Shop.example/thanks?a=1 ");
        assertThat(submission.content()).isEmpty();
    }

    @Test
    void a_blank_redirect_is_none() {
        assertThat(read("redirect", " ").redirect()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "https://shop.example/thanks, true",
        "https://shop.example/thanks/, false",
        "https://shop.example/thanks?x=1, false",
        "https://shop.example/thanks#x, false",
        "HTTPS://shop.example/thanks, false",
        "http://shop.example/thanks, false",
        "https://shop.example/, false",
        "https://shop.example.evil.example/thanks, false",
        "//shop.example/thanks, false",
        "/thanks, false",
        "javascript:alert(1), false",
    })
    void a_visitor_goes_nowhere_but_to_exactly_what_the_key_allows(String target, boolean allowed) {
        FormSubmission submission = read("redirect", target);
        assertThat(submission.staysWithin(List.of("https://shop.example/thanks")))
                .isEqualTo(allowed);
        assertThat(submission.staysWithin(List.of())).isFalse();
    }

    @Test
    void of_several_redirects_none_is_guessed() {
        List<String> both = List.of("https://shop.example/a", "https://shop.example/b");
        assertThat(read("redirect", both).staysWithin(both)).isFalse();
    }

    @Test
    void a_form_without_redirect_needs_no_permission() {
        assertThat(read("email", "a@b.example").staysWithin(List.of())).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "on, true",
        "true, true",
        "Yes, true",
        "1, true",
        "I agree, true",
        "off, false",
        "FALSE, false",
        "no, false",
        "0, false",
        "'', false"
    })
    void consent_is_kept_with_its_wording_and_the_time_of_receipt(String answer, boolean given) {
        assertThat(read("consent", answer, "consent_text", "Write to me").content())
                .isEqualTo(Map.of(
                        "consent", Map.of("text", "Write to me", "given", given, "at", "2027-03-01T10:00:00.000000Z")));
    }

    @Test
    void a_box_that_was_left_empty_is_a_consent_not_given() {
        assertThat(read("consent_text", "Write to me").content().get("consent"))
                .isEqualTo(Map.of("text", "Write to me", "given", false, "at", "2027-03-01T10:00:00.000000Z"));
    }

    @Test
    void a_form_that_asks_for_no_consent_has_none() {
        assertThat(read("email", "a@b.example").content()).containsOnlyKeys("email");
    }

    @Test
    void whatever_else_a_form_holds_is_kept_as_sent() {
        Map<String, @Nullable Object> fields =
                fields("email", "a@b.example", "utm_source", "Google", "interests", List.of("a", "b"), "x", null);
        assertThat(FormSubmission.of(fields, true, RECEIVED).content()).isEqualTo(fields);
    }

    private static FormSubmission read(@Nullable Object... namesAndValues) {
        return FormSubmission.of(fields(namesAndValues), true, RECEIVED);
    }

    private static Map<String, @Nullable Object> fields(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return fields;
    }
}
