package io.tributary.ingest;

import io.tributary.deal.Deal;
import io.tributary.deal.DealField;
import io.tributary.deal.DealView;
import io.tributary.deal.FieldOrigin;
import io.tributary.deal.Stage;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Changes one field of a deal and keeps what it replaced, with where that came from, as history stores it. */
public final class FieldChange {
    private FieldChange() {}

    /**
     * Sets {@code field} to {@code value}, or clears it, unless it holds just that already.
     *
     * @param assumed whether nobody stated the value
     * @param from where it comes from
     * @param replaced gains what was there before, unless it has kept an earlier value of the field
     * @return whether anything changed
     */
    public static boolean set(
            Deal deal,
            DealField field,
            @Nullable Object value,
            boolean assumed,
            FieldOrigin from,
            Map<String, @Nullable Object> replaced) {
        boolean heldAssumed = deal.assumed().contains(field);
        if (isSame(deal.get(field), value) && heldAssumed == assumed) {
            return false;
        }
        replaced.putIfAbsent(field.code(), before(deal, field));
        deal.set(field, value, from);
        if (assumed) {
            deal.assumed().add(field);
        } else {
            deal.assumed().remove(field);
        }
        return true;
    }

    private static Map<String, @Nullable Object> before(Deal deal, DealField field) {
        FieldOrigin own = deal.lineage().get(field);
        Map<String, @Nullable Object> before = new LinkedHashMap<>();
        before.put("value", stored(deal.get(field)));
        before.put("assumed", deal.assumed().contains(field));
        before.put("from", own == null ? null : DealView.origin(own));
        return before;
    }

    /** A field's value as history and audit keep it. */
    static @Nullable Object stored(@Nullable Object value) {
        if (value == null || value instanceof BigDecimal) {
            return value;
        }
        return value instanceof Stage stage ? stage.code() : value.toString();
    }

    /** Whether two values of a field are one; of amounts, whatever their scale. */
    public static boolean isSame(@Nullable Object held, @Nullable Object value) {
        if (held instanceof BigDecimal one && value instanceof BigDecimal other) {
            return one.compareTo(other) == 0;
        }
        return Objects.equals(held, value);
    }
}
