package io.tributary.duplicate;

import io.tributary.deal.Deal;
import io.tributary.deal.DealField;
import io.tributary.identity.DealLikeness;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Brings deals, and rows of deals, into the form in which they are compared. */
public final class Likenesses {
    private Likenesses() {}

    public static DealLikeness of(Deal deal) {
        return DealLikeness.of(
                deal.name(),
                deal.company(),
                deal.text(DealField.CONTACT_EMAIL),
                deal.valueEstimated() ? null : deal.value(),
                deal.currency(),
                deal.expectedCloseDate());
    }

    /** The deal in a row of {@code find-lookalikes}. */
    static DealLikeness of(Map<String, @Nullable Object> row) {
        return DealLikeness.of(
                (String) Objects.requireNonNull(row.get("name")),
                (String) row.get("company"),
                (String) row.get("contact_email"),
                Boolean.TRUE.equals(row.get("value_estimated")) ? null : (BigDecimal) row.get("value"),
                (String) Objects.requireNonNull(row.get("currency")),
                date(row.get("expected_close_date")));
    }

    private static @Nullable LocalDate date(@Nullable Object value) {
        return value instanceof Date date ? date.toLocalDate() : (LocalDate) value;
    }
}
