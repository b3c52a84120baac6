package io.tributary.csv;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.jspecify.annotations.Nullable;

/**
 * The text of a sheet's cells: what their kind and number format say they are, not how a locale would show them.
 *
 * <p>Dates come as ISO 8601, numbers in full with a decimal point, percentages with their sign, amounts with the currency
 * that their format names. Formulas stand for the value they had when the workbook was saved.
 */
final class SheetCells {
    private static final LocalDateTime FIRST_DAY = LocalDateTime.of(1899, 12, 30, 0, 0);
    private static final LocalDateTime FIRST_DAY_1904 = LocalDateTime.of(1904, 1, 1, 0, 0);
    private static final double MOST_DAYS = 2_958_466; // the end of the year 9999
    private static final int FIGURES = 15; // as many as Excel keeps

    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|\\\\.|_.|\\*.|\\[[^\\]]*\\]");
    private static final Pattern ELAPSED = Pattern.compile("\\[(?:h+|m+|s+)\\]", Pattern.CASE_INSENSITIVE);
    private static final Pattern LOCALE_CURRENCY = Pattern.compile("\\[\\$(\\p{Sc}|[A-Z]{3})(?:-[^\\]]*)?\\]");
    private static final Pattern WRITTEN_CURRENCY = Pattern.compile("\"\\s*(\\p{Sc}|[A-Z]{3})\\s*\"|(\\p{Sc})");

    private enum Kind {
        NUMBER,
        DATE,
        TIME,
        PERCENT
    }

    /** What a number format says of its numbers. */
    private record Format(Kind kind, String currency) {}

    private final LocalDateTime firstDay;
    private final Map<String, Format> formats = new HashMap<>();

    SheetCells(boolean date1904) {
        this.firstDay = date1904 ? FIRST_DAY_1904 : FIRST_DAY;
    }

    /** The text of a cell; empty for none. One that shows an error says so, and is not taken for a blank. */
    String text(@Nullable Cell cell) {
        if (cell == null) {
            return "";
        }
        if (cell.getType() == CellType.ERROR) {
            return cell.getRawValue() == null ? "" : cell.getRawValue();
        }
        Object value = cell.getValue();
        if (value == null) {
            return "";
        }
        if (cell.getType() == CellType.BOOLEAN || value instanceof Boolean) {
            return Boolean.TRUE.equals(value) ? "TRUE" : "FALSE";
        }
        return value instanceof BigDecimal number ? number(number, format(cell)) : value.toString();
    }

    private String number(BigDecimal number, Format format) {
        return switch (format.kind) {
            case DATE, TIME -> date(number, format.kind);
            case PERCENT -> plain(number.movePointRight(2)) + "%";
            case NUMBER -> format.currency + plain(number);
        };
    }

    private String date(BigDecimal days, Kind kind) {
        double serial = days.doubleValue();
        if (!(serial >= 0 && serial < MOST_DAYS)) {
            return plain(days);
        }
        try {
            LocalDateTime moment = firstDay.plus(Math.round(serial * 86_400), ChronoUnit.SECONDS);
            if (kind == Kind.TIME && serial < 1) {
                return moment.toLocalTime().toString();
            }
            return moment.toLocalTime().toSecondOfDay() == 0
                    ? moment.toLocalDate().toString()
                    : moment.truncatedTo(ChronoUnit.SECONDS).toString();
        } catch (DateTimeException e) {
            return plain(days);
        }
    }

    /**
     * All figures that Excel keeps, with a point. Where three figures would stand behind it, a fourth follows: nobody then
     * takes the point for one that parts thousands.
     */
    private static String plain(BigDecimal number) {
        BigDecimal rounded = number.precision() > FIGURES
                ? number.round(new java.math.MathContext(FIGURES, RoundingMode.HALF_EVEN))
                : number;
        BigDecimal stripped = rounded.stripTrailingZeros();
        if (stripped.scale() > 30 || stripped.scale() < -300) {
            return stripped.toString();
        }
        String text = stripped.scale() < 0 ? stripped.setScale(0).toPlainString() : stripped.toPlainString();
        return stripped.scale() == 3 ? text + "0" : text;
    }

    private Format format(Cell cell) {
        String code = cell.getDataFormatString();
        if (code == null || code.isEmpty()) {
            Integer id = cell.getDataFormatId();
            return new Format(id == null ? Kind.NUMBER : builtIn(id), "");
        }
        return formats.computeIfAbsent(code, SheetCells::format);
    }

    /** The formats that every workbook has without naming them (ECMA-376, 18.8.30). */
    private static Kind builtIn(int id) {
        if (id == 9 || id == 10) {
            return Kind.PERCENT;
        }
        boolean date = (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
        boolean time = (id >= 18 && id <= 21) || (id >= 45 && id <= 47);
        return date ? Kind.DATE : time ? Kind.TIME : Kind.NUMBER;
    }

    private static Format format(String code) {
        String positive = code.split(";", 2)[0];
        String letters = QUOTED.matcher(positive).replaceAll("").toLowerCase(java.util.Locale.ROOT);
        boolean general =
                letters.contains("general") || ELAPSED.matcher(positive).find();
        if (!general && (letters.contains("y") || letters.contains("d"))) {
            return new Format(Kind.DATE, "");
        }
        if (!general && (letters.contains("h") || letters.contains("s") || letters.contains("m"))) {
            return new Format(letters.contains("h") || letters.contains("s") ? Kind.TIME : Kind.DATE, "");
        }
        if (ELAPSED.matcher(positive).find()) {
            return new Format(Kind.TIME, "");
        }
        if (letters.contains("%")) {
            return new Format(Kind.PERCENT, "");
        }
        return new Format(Kind.NUMBER, currency(positive));
    }

    private static String currency(String code) {
        Matcher byLocale = LOCALE_CURRENCY.matcher(code);
        if (byLocale.find()) {
            return byLocale.group(1).strip() + " ";
        }
        Matcher written = WRITTEN_CURRENCY.matcher(code);
        if (written.find()) {
            return (written.group(1) == null ? written.group(2) : written.group(1)) + " ";
        }
        return "";
    }
}
