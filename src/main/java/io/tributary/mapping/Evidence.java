package io.tributary.mapping;

import io.tributary.deal.DealField;
import io.tributary.deal.Warning;
import io.tributary.mapping.NumberText.Tells;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the values of a file tell about how its columns are written. One pass over all rows, then {@link #decide}. Not
 * thread-safe.
 */
public final class Evidence {
    /** Signs are weighed without a tenant: only currencies that name themselves count. */
    private static final ReadingContext ANYONE = new ReadingContext("XXX", ZoneOffset.UTC, Locale.ROOT, Map.of());

    private final List<Watched> watched = new ArrayList<>();

    private static final class Watched {
        private final int column;
        private final DealField field;
        private final String header;
        private long forFirst;
        private long forSecond;
        private long undecided;
        private @Nullable String example;

        Watched(int column, DealField field, String header) {
            this.column = column;
            this.field = field;
            this.header = header;
        }

        ColumnDecision decision(ColumnStyle style, boolean told) {
            ColumnDecision.By by = told
                    ? ColumnDecision.By.TOLD
                    : style.contradictory()
                            ? ColumnDecision.By.CONTRADICTION
                            : forFirst > 0 || forSecond > 0
                                    ? ColumnDecision.By.EVIDENCE
                                    : undecided > 0 ? ColumnDecision.By.LOCALE : ColumnDecision.By.NOTHING;
            return new ColumnDecision(
                    column, field, style.decimal(), style.order(), by, forFirst, forSecond, undecided, example);
        }
    }

    Evidence(List<HeaderPlan.Column> columns) {
        for (HeaderPlan.Column column : columns) {
            DealField field = column.field();
            if (field == DealField.VALUE
                    || field == DealField.PROBABILITY
                    || field == DealField.EXPECTED_CLOSE_DATE
                    || field == DealField.SOURCE_UPDATED_AT) {
                watched.add(new Watched(column.index(), field, column.header()));
            }
        }
    }

    /** Takes one row into account. */
    public void observe(String[] cells) {
        for (int i = 0; i < watched.size(); i++) {
            Watched column = watched.get(i);
            String cell = column.column < cells.length ? cells[column.column] : null;
            if (cell == null || cell.isEmpty()) {
                continue;
            }
            switch (column.field) {
                case VALUE -> observeAmount(column, cell);
                case PROBABILITY -> observePercentage(column, cell);
                default -> observeDate(column, cell);
            }
        }
    }

    /** Counts for the decimal point first, for the decimal comma second. */
    private static void observeAmount(Watched column, String cell) {
        if (cell.indexOf('.') < 0 && cell.indexOf(',') < 0) {
            return;
        }
        NumberText number = NumberText.find(cell);
        if (number == null || number.tells() == Tells.NOTHING || number.tells() == Tells.BROKEN) {
            return;
        }
        DecimalMark decimal = number.decimal();
        boolean alone = number.start() == 0 && number.end() == cell.length();
        if (number.tells() == Tells.EITHER || !alone) {
            AmountText amount = alone ? null : AmountText.of(AmountText.strip(cell), ANYONE);
            if (!alone && amount == null) {
                return;
            }
            if (number.tells() == Tells.EITHER) {
                String currency = amount == null ? null : amount.currency();
                if (currency == null || !CurrencySigns.withoutDecimals(currency)) {
                    column.undecided++;
                    column.example = column.example == null ? cell : column.example;
                    return;
                }
                decimal = decimal.other();
            }
        }
        if (decimal == DecimalMark.POINT) {
            column.forFirst++;
        } else {
            column.forSecond++;
        }
    }

    /** Counts fractions of one first, percentages above one second; 0 and 1 may be either. */
    private static void observePercentage(Watched column, String cell) {
        if (!(ProbabilityReader.read(cell) instanceof Reading.Value<?> value)) {
            return;
        }
        if (value.warning() != null) {
            column.forFirst++;
        } else if (cell.indexOf('%') >= 0
                || ((java.math.BigDecimal) value.value()).compareTo(java.math.BigDecimal.ONE) > 0) {
            column.forSecond++;
        }
    }

    /** Counts for day first, then for month first. */
    private static void observeDate(Watched column, String cell) {
        if (cell.length() >= 10 && cell.charAt(4) == '-') {
            return;
        }
        WrittenDate date = WrittenDate.of(AmountText.strip(cell));
        if (date == null || date.order() != null) {
            return;
        }
        DateOrder proven = date.proven();
        if (proven == DateOrder.DMY && date.date(proven) != null) {
            column.forFirst++;
        } else if (proven == DateOrder.MDY && date.date(proven) != null) {
            column.forSecond++;
        } else if (date.undecided()) {
            column.undecided++;
            column.example = column.example == null ? cell : column.example;
        }
    }

    /**
     * Settles one reading for each column: as told, else as the column proves, else as the locale writes.
     *
     * @param locale the tenant's
     * @param decimalTold {@code .} or {@code ,} where the sender said so
     * @param dateOrderTold the order where the sender said so
     */
    public ColumnStyles decide(Locale locale, @Nullable Character decimalTold, @Nullable DateOrder dateOrderTold) {
        LocaleHabits habits = LocaleHabits.of(locale);
        Map<DealField, ColumnStyle> styles = new EnumMap<>(DealField.class);
        List<Warning> warnings = new ArrayList<>();
        List<ColumnDecision> decisions = new ArrayList<>();
        for (Watched column : watched) {
            ColumnStyle style = switch (column.field) {
                case VALUE -> decideAmount(column, habits, decimalTold, warnings);
                case PROBABILITY -> decidePercentage(column, warnings);
                default -> decideDate(column, habits, dateOrderTold, warnings);
            };
            styles.put(column.field, style);
            if (column.field != DealField.PROBABILITY) {
                boolean told = column.field == DealField.VALUE ? decimalTold != null : dateOrderTold != null;
                decisions.add(column.decision(style, told));
            }
        }
        return new ColumnStyles(styles, warnings, decisions);
    }

    private static ColumnStyle decideAmount(
            Watched column, LocaleHabits habits, @Nullable Character told, List<Warning> warnings) {
        if (told != null) {
            return new ColumnStyle(DecimalMark.of(told), null, false, false);
        }
        if (column.forFirst > 0 && column.forSecond > 0) {
            contradiction(column, "decimal points", "decimal commas", warnings);
            DecimalMark most = column.forFirst == column.forSecond
                    ? null
                    : column.forFirst > column.forSecond ? DecimalMark.POINT : DecimalMark.COMMA;
            return new ColumnStyle(most, null, true, false);
        }
        if (column.forFirst > 0 || column.forSecond > 0) {
            return new ColumnStyle(column.forFirst > 0 ? DecimalMark.POINT : DecimalMark.COMMA, null, false, false);
        }
        DecimalMark local = DecimalMark.of(habits.decimal());
        if (column.undecided > 0) {
            silence(column, local == DecimalMark.POINT ? "with a decimal point" : "with a decimal comma", warnings);
        }
        return new ColumnStyle(local, null, false, false);
    }

    private static ColumnStyle decidePercentage(Watched column, List<Warning> warnings) {
        boolean fractions = column.forFirst > 0 && column.forSecond == 0;
        if (fractions) {
            warnings.add(new Warning(
                    column.field.code(),
                    "Column \"" + column.header + "\" holds fractions only: 1 was read as 100 percent."));
        }
        return new ColumnStyle(null, null, false, fractions);
    }

    private static ColumnStyle decideDate(
            Watched column, LocaleHabits habits, @Nullable DateOrder told, List<Warning> warnings) {
        if (told != null) {
            return new ColumnStyle(null, told, false, false);
        }
        if (column.forFirst > 0 && column.forSecond > 0) {
            contradiction(column, "dates with the day first", "dates with the month first", warnings);
            DateOrder most = column.forFirst == column.forSecond
                    ? null
                    : column.forFirst > column.forSecond ? DateOrder.DMY : DateOrder.MDY;
            return new ColumnStyle(null, most, true, false);
        }
        if (column.forFirst > 0 || column.forSecond > 0) {
            return new ColumnStyle(null, column.forFirst > 0 ? DateOrder.DMY : DateOrder.MDY, false, false);
        }
        if (column.undecided > 0) {
            silence(column, DateReader.spelled(habits.dateOrder()), warnings);
        }
        return new ColumnStyle(null, habits.dateOrder(), false, false);
    }

    private static void silence(Watched column, String reading, List<Warning> warnings) {
        warnings.add(new Warning(
                column.field.code(),
                "Nothing in column \"" + column.header + "\" tells how to read \"" + column.example + "\": it was read "
                        + reading + ", as the locale writes."));
    }

    private static void contradiction(Watched column, String first, String second, List<Warning> warnings) {
        warnings.add(new Warning(
                column.field.code(),
                "Column \"" + column.header + "\" holds " + column.forFirst + " " + first + " and " + column.forSecond
                        + " " + second + ": rows that may be read either way were refused."));
    }
}
