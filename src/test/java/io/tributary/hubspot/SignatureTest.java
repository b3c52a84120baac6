package io.tributary.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The known answers are those of HubSpot's own client libraries. */
class SignatureTest {
    private static final String SECRET = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy";
    private static final String URI = "https://www.example.com/webhook_uri";
    private static final String BODY = "{'example_field':'example_value'}";
    private static final long AT = 1693657560000L;
    private static final String KNOWN = "K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y=";

    private final Signature signature = new Signature(SECRET);

    @ParameterizedTest
    @CsvSource({
        "1693657560000, K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y=",
        "1700000300000, RnbPH7+UMKVkbV32P8bz450N4M56aPmcru1+D3kSDtw="
    })
    void version_3_gives_the_known_answers(long at, String known) {
        assertThat(isVersion3(known, BODY, Long.toString(at), at)).isTrue();
    }

    @Test
    void version_2_gives_the_known_answer() {
        String body = "{\"example_field\":\"example_value\"}";
        String known = "9569219f8ba981ffa6f6f16aa0f48637d35d728c7e4d93d0d52efaa512af7900";

        assertThat(signature.isVersion2(known, "POST", URI, bytes(body))).isTrue();
        assertThat(signature.isVersion2(known, "GET", URI, bytes(body))).isFalse();
        assertThat(signature.isVersion2(known, "POST", URI, bytes(body + " "))).isFalse();
        assertThat(signature.isVersion2(null, "POST", URI, bytes(body))).isFalse();
        assertThat(new Signature("other").isVersion2(known, "POST", URI, bytes(body)))
                .isFalse();
    }

    @Test
    void whatever_was_signed_counts_to_the_last_byte() {
        String at = Long.toString(AT);
        assertThat(isVersion3(KNOWN, BODY + " ", at, AT)).isFalse();
        assertThat(isVersion3(KNOWN.substring(1), BODY, at, AT)).isFalse();
        assertThat(isVersion3("", BODY, at, AT)).isFalse();
        assertThat(isVersion3(null, BODY, at, AT)).isFalse();
        assertThat(isVersion3(KNOWN, BODY, Long.toString(AT + 1), AT)).isFalse();
        assertThat(signature.isVersion3(KNOWN, "GET", URI, bytes(BODY), at, now(AT)))
                .isFalse();
        assertThat(signature.isVersion3(KNOWN, "POST", URI + "?", bytes(BODY), at, now(AT)))
                .isFalse();
        assertThat(new Signature("other").isVersion3(KNOWN, "POST", URI, bytes(BODY), at, now(AT)))
                .isFalse();
    }

    @Test
    void five_minutes_either_way_are_taken_and_no_more() {
        String at = Long.toString(AT);
        assertThat(isVersion3(KNOWN, BODY, at, AT + 300_000)).isTrue();
        assertThat(isVersion3(KNOWN, BODY, at, AT - 300_000)).isTrue();
        assertThat(isVersion3(KNOWN, BODY, at, AT + 300_001)).isFalse();
        assertThat(isVersion3(KNOWN, BODY, at, AT - 300_001)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "soon", "-1", "1693657560000 ", "+1693657560000", "99999999999999999999999", "1693657560"})
    void what_is_no_time_in_milliseconds_is_refused(String timestamp) {
        assertThat(isVersion3(KNOWN, BODY, timestamp, AT)).isFalse();
    }

    @Test
    void twelve_escapes_are_decoded_and_no_others() {
        assertThat(Signature.decoded("https://h/p?a=%3A%2F%3F%40%21%24%27%28%29%2A%2C%3B%20%26%3D%2B%25"))
                .isEqualTo("https://h/p?a=:/?@!$'()*,;%20%26%3D%2B%25");
        assertThat(Signature.decoded("https://h/p?a=%2fb%253A")).isEqualTo("https://h/p?a=/b%253A");
    }

    private boolean isVersion3(@Nullable String given, String body, @Nullable String timestamp, long now) {
        return signature.isVersion3(given, "POST", URI, bytes(body), timestamp, now(now));
    }

    private static Instant now(long milliseconds) {
        return Instant.ofEpochMilli(milliseconds);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
