package io.tributary.mapping;

import io.tributary.deal.DealField;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one column was settled on, and by what.
 *
 * @param column counted from 0
 * @param decimal the decimal mark of a column of amounts; null in any other, and where the column contradicts itself evenly
 * @param order the order of a column of dates; null in any other, and where the column contradicts itself evenly
 * @param decided by what
 * @param forFirst how many cells prove a decimal point, or the day first
 * @param forSecond how many prove a decimal comma, or the month first
 * @param undecided how many may be read either way
 * @param example one that may be read either way; null when there is none
 */
public record ColumnDecision(
        int column,
        DealField field,
        @Nullable DecimalMark decimal,
        @Nullable DateOrder order,
        By decided,
        long forFirst,
        long forSecond,
        long undecided,
        @Nullable String example) {

    /** By what a column is settled. */
    public enum By {
        /** The sender said so. */
        TOLD,
        /** Its own cells prove it. */
        EVIDENCE,
        /** Its cells may be read either way, and the locale was gone by. */
        LOCALE,
        /** Its cells prove both ways. */
        CONTRADICTION,
        /** It makes no difference to any cell. */
        NOTHING
    }

    private static final ReadingContext ANYONE = new ReadingContext("XXX", ZoneOffset.UTC, Locale.ROOT, Map.of());

    /** Whether somebody should be asked how the column is meant. */
    public boolean isOpen() {
        return example != null && (decided == By.LOCALE || decided == By.CONTRADICTION);
    }

    /** What the example says under each way of reading it; the ways are named as they are told. */
    public Map<String, String> readings() {
        Map<String, String> readings = new LinkedHashMap<>();
        if (example == null) {
            return readings;
        }
        if (field == DealField.VALUE) {
            for (DecimalMark mark : DecimalMark.values()) {
                if (MoneyReader.read(example, mark, ANYONE) instanceof Reading.Value<Amount> amount) {
                    BigDecimal number = amount.value().value();
                    readings.put(String.valueOf(mark.mark()), number.toPlainString());
                }
            }
        } else {
            for (DateOrder dates : new DateOrder[] {DateOrder.DMY, DateOrder.MDY}) {
                if (DateReader.read(example, dates, ANYONE) instanceof Reading.Value<java.time.LocalDate> date) {
                    readings.put(
                            dates.name().toLowerCase(Locale.ROOT), date.value().toString());
                }
            }
        }
        return readings;
    }
}
