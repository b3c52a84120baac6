package io.tributary.deal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Where a deal stands in the pipeline. The six stages are the same for every source and every tenant. */
public enum Stage {
    DISCOVERY,
    QUALIFICATION,
    PROPOSAL,
    NEGOTIATION,
    CLOSED_WON,
    CLOSED_LOST;

    private static final Map<String, Stage> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Stage::code, Function.identity()));

    private final String code = name().toLowerCase(Locale.ROOT);

    /** The stage as the API writes it, for example {@code closed_won}. */
    public String code() {
        return code;
    }

    /** Whether the deal is decided, won or lost; an active deal is one that is not closed. */
    public boolean closed() {
        return this == CLOSED_WON || this == CLOSED_LOST;
    }

    /** The stage of exactly this code; empty when there is none. */
    public static Optional<Stage> ofCode(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }
}
