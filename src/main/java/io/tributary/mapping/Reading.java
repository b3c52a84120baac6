package io.tributary.mapping;

import org.jspecify.annotations.Nullable;

/**
 * What a reader makes of one value: a value, nothing (the source says nothing), or a fault.
 *
 * @param <T> what the reader reads
 */
public sealed interface Reading<T> {

    /**
     * The value is understood.
     *
     * @param warning one sentence when the sender should look at it again
     */
    record Value<T>(T value, @Nullable String warning) implements Reading<T> {}

    /** The text is blank or a word for "no value". */
    record Nothing<T>() implements Reading<T> {
        private static final Nothing<Object> INSTANCE = new Nothing<>();
    }

    /**
     * The value cannot be taken.
     *
     * @param error what is wrong, as the rest of a sentence that begins with the field
     */
    record Fault<T>(String error) implements Reading<T> {}

    static <T> Reading<T> of(T value) {
        return new Value<>(value, null);
    }

    static <T> Reading<T> of(T value, String warning) {
        return new Value<>(value, warning);
    }

    @SuppressWarnings("unchecked")
    static <T> Reading<T> nothing() {
        return (Reading<T>) Nothing.INSTANCE;
    }

    static <T> Reading<T> fault(String error) {
        return new Fault<>(error);
    }
}
