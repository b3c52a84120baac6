package io.tributary.mapping;

import java.text.DecimalFormatSymbols;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.FormatStyle;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How numbers and dates are written in a locale, after the JDK's CLDR data.
 *
 * @param decimal the decimal separator, {@code .} or {@code ,}
 * @param dateOrder the order of a short date
 * @param currency the currency of the locale's country
 */
record LocaleHabits(
        char decimal, DateOrder dateOrder, @Nullable String currency) {
    private static final Map<Locale, LocaleHabits> KNOWN = new ConcurrentHashMap<>();

    static LocaleHabits of(Locale locale) {
        LocaleHabits known = KNOWN.get(locale);
        return known != null ? known : KNOWN.computeIfAbsent(locale, LocaleHabits::read);
    }

    private static LocaleHabits read(Locale locale) {
        char separator = DecimalFormatSymbols.getInstance(locale).getDecimalSeparator();
        String pattern = DateTimeFormatterBuilder.getLocalizedDateTimePattern(
                FormatStyle.SHORT, null, IsoChronology.INSTANCE, locale);
        int day = pattern.indexOf('d');
        int month = pattern.indexOf('M');
        int year = pattern.indexOf('y');
        DateOrder order = year < day && year < month ? DateOrder.YMD : month < day ? DateOrder.MDY : DateOrder.DMY;
        return new LocaleHabits(separator == ',' ? ',' : '.', order, currencyOf(locale));
    }

    private static @Nullable String currencyOf(Locale locale) {
        if (locale.getCountry().length() != 2) {
            return null;
        }
        try {
            Currency currency = Currency.getInstance(locale);
            return currency == null ? null : currency.getCurrencyCode();
        } catch (IllegalArgumentException noSuchCountry) {
            return null;
        }
    }
}
