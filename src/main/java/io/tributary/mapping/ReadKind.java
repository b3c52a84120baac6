package io.tributary.mapping;

import io.tributary.deal.DealField;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The ways a mapping file can have a value read, and the fields each of them suits. */
enum ReadKind {
    TEXT(DealField.NAME, DealField.COMPANY, DealField.CONTACT_NAME, DealField.DESCRIPTION),
    /** A mail's subject: text without the prefixes of replies and forwards. */
    SUBJECT(DealField.NAME),
    /** The first of several linked records, without the id in parentheses behind it. */
    ASSOCIATION(DealField.COMPANY, DealField.CONTACT_NAME),
    PERSON(DealField.CONTACT_NAME),
    MONEY(DealField.VALUE),
    CURRENCY(DealField.CURRENCY),
    STAGE(DealField.STAGE),
    PERCENT(DealField.PROBABILITY),
    FRACTION(DealField.PROBABILITY),
    DATE(DealField.EXPECTED_CLOSE_DATE),
    EMAIL(DealField.CONTACT_EMAIL),
    ID(DealField.EXTERNAL_ID),
    INSTANT(DealField.SOURCE_UPDATED_AT);

    @SuppressWarnings("ImmutableEnumChecker") // wrapped where it is filled
    private final Set<DealField> suits;

    ReadKind(DealField first, DealField... more) {
        this.suits = Collections.unmodifiableSet(EnumSet.of(first, more));
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean suits(DealField field) {
        return suits.contains(field);
    }

    static Optional<ReadKind> ofCode(String code) {
        return Arrays.stream(values()).filter(kind -> kind.code().equals(code)).findFirst();
    }

    /** How a field is read when its mapping does not say. */
    static ReadKind usual(DealField field) {
        return Arrays.stream(values())
                .filter(kind -> kind.suits(field))
                .findFirst()
                .orElseThrow();
    }
}
