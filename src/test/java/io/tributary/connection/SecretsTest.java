package io.tributary.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.connection.Secrets.Place;
import io.tributary.connection.Secrets.UnreadableSecretException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SecretsTest {
    private static final Place PLACE = new Place("acme", "main", "hook", "secret");

    private final Secrets secrets = new Secrets("a key of the hub, long enough");

    @Test
    void a_secret_comes_back_as_it_was() throws Exception {
        String stored = secrets.encrypt("pässword", PLACE);

        assertThat(stored).doesNotContain("pässword");
        assertThat(new Secrets("a key of the hub, long enough").decrypt(stored, PLACE))
                .isEqualTo("pässword");
    }

    @Test
    void the_same_secret_never_looks_the_same_twice() {
        assertThat(secrets.encrypt("password", PLACE)).isNotEqualTo(secrets.encrypt("password", PLACE));
    }

    @Test
    void another_key_does_not_open_it() {
        String stored = secrets.encrypt("password", PLACE);

        assertThatThrownBy(() -> new Secrets("another key of another hub").decrypt(stored, PLACE))
                .isInstanceOf(UnreadableSecretException.class)
                .hasMessageContaining("TRIBUTARY_SECRET_KEY");
    }

    @ParameterizedTest
    @MethodSource("otherPlaces")
    void it_cannot_be_read_at_another_place(Place other) {
        String stored = secrets.encrypt("password", PLACE);

        assertThatThrownBy(() -> secrets.decrypt(stored, other)).isInstanceOf(UnreadableSecretException.class);
    }

    static Stream<Place> otherPlaces() {
        return Stream.of(
                new Place("globex", "main", "hook", "secret"),
                new Place("acme", "emea", "hook", "secret"),
                new Place("acme", "main", "other", "secret"),
                new Place("acme", "main", "hook", "password"));
    }

    @Test
    void what_was_tampered_with_is_not_read() {
        String stored = secrets.encrypt("password", PLACE);
        char last = stored.charAt(stored.length() - 2);
        String changed = stored.substring(0, stored.length() - 2)
                + (last == 'A' ? 'B' : 'A')
                + stored.substring(stored.length() - 1);

        assertThatThrownBy(() -> secrets.decrypt(changed, PLACE)).isInstanceOf(UnreadableSecretException.class);
        assertThatThrownBy(() -> secrets.decrypt("v1.", PLACE)).isInstanceOf(UnreadableSecretException.class);
    }
}
