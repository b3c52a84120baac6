package io.tributary.deal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FieldErrorTest {

    @Test
    void aLongValueIsCutWithoutSplittingACharacter() {
        String value = "x".repeat(199) + "😀" + "y".repeat(50);

        assertThat(new FieldError("name", value, "is wrong").value()).isEqualTo("x".repeat(199));
    }

    @Test
    void aShortValueStaysWhole() {
        assertThat(new FieldError("name", "abc", "is wrong").value()).isEqualTo("abc");
    }
}
