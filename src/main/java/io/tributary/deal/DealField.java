package io.tributary.deal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The fields of a deal that a source may state. */
public enum DealField {
    NAME,
    COMPANY,
    VALUE,
    CURRENCY,
    STAGE,
    PROBABILITY,
    EXPECTED_CLOSE_DATE,
    CONTACT_EMAIL,
    CONTACT_NAME,
    DESCRIPTION,
    EXTERNAL_ID,
    SOURCE_UPDATED_AT;

    private static final Map<String, DealField> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(DealField::code, Function.identity()));

    private final String code = name().toLowerCase(Locale.ROOT);

    /** The field as the API and the mapping files write it, for example {@code expected_close_date}. */
    public String code() {
        return code;
    }

    /** The field of exactly this code; empty when there is none. */
    public static Optional<DealField> ofCode(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }
}
