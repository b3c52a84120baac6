package io.tributary.tenant;

import io.tributary.deal.FieldError;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a change of settings as it is sent, laid over what holds so far, and names every fault in it. */
public final class SettingsReader {
    private static final Set<String> KNOWN = Set.of(
            "currency", "time_zone", "locale", "exchange_rates", "default_values", "field_trust", "health_profile");

    private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());
    private static final Set<String> LANGUAGES = Set.of(Locale.getISOLanguages());

    private final List<FieldError> faults = new ArrayList<>();
    private final Set<String> healthProfiles;

    public SettingsReader(Set<String> healthProfiles) {
        this.healthProfiles = healthProfiles;
    }

    /** What was wrong with what was read so far. */
    public List<FieldError> faults() {
        return List.copyOf(faults);
    }

    /** The settings after {@code change}; what it does not name stays as it is. */
    public TenantSettings read(TenantSettings current, Map<String, @Nullable Object> change) {
        for (String name : change.keySet()) {
            if (!KNOWN.contains(name)) {
                fault(
                        name,
                        change.get(name),
                        "is no setting; there are "
                                + String.join(", ", KNOWN.stream().sorted().toList()));
            }
        }
        return new TenantSettings(
                currency(change.get("currency"), current.currency()),
                zone(change.get("time_zone"), current.timeZone()),
                locale(change.get("locale"), current.locale()),
                rates(change.get("exchange_rates"), current.exchangeRates()),
                object("default_values", change.get("default_values"), current.defaultValues()),
                trust(change.get("field_trust"), current.fieldTrust()),
                profile(change.get("health_profile"), current.healthProfile()));
    }

    /** The settings as they are shown and stored. */
    public static Map<String, @Nullable Object> write(TenantSettings settings) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("currency", settings.currency());
        shown.put("time_zone", settings.timeZone().getId());
        shown.put("locale", settings.locale().toLanguageTag());
        Map<String, String> rates = new LinkedHashMap<>();
        settings.exchangeRates().forEach((currency, rate) -> rates.put(currency, rate.toPlainString()));
        shown.put("exchange_rates", rates);
        shown.put("default_values", settings.defaultValues());
        shown.put("field_trust", settings.fieldTrust());
        shown.put("health_profile", settings.healthProfile());
        return shown;
    }

    private String currency(@Nullable Object value, String current) {
        if (value == null) {
            return current;
        }
        String code = String.valueOf(value).strip().toUpperCase(Locale.ROOT);
        if (!isCurrency(code)) {
            fault("currency", value, "is no ISO 4217 currency code, such as EUR");
            return current;
        }
        return code;
    }

    private static boolean isCurrency(String code) {
        return CURRENCIES.contains(code);
    }

    private ZoneId zone(@Nullable Object value, ZoneId current) {
        if (value == null) {
            return current;
        }
        try {
            return ZoneId.of(String.valueOf(value));
        } catch (DateTimeException unknown) {
            fault("time_zone", value, "is no time zone, such as Europe/Berlin");
            return current;
        }
    }

    private Locale locale(@Nullable Object value, Locale current) {
        if (value == null) {
            return current;
        }
        Locale locale = Locale.forLanguageTag(String.valueOf(value).replace('_', '-'));
        if (!LANGUAGES.contains(locale.getLanguage())) {
            fault("locale", value, "is no language tag, such as de-DE");
            return current;
        }
        return locale;
    }

    private Map<String, BigDecimal> rates(@Nullable Object value, Map<String, BigDecimal> current) {
        if (value == null) {
            return current;
        }
        Map<String, BigDecimal> rates = new LinkedHashMap<>();
        object("exchange_rates", value, Map.of()).forEach((name, rate) -> {
            String code = name.toUpperCase(Locale.ROOT);
            BigDecimal number = rate(rate);
            if (!isCurrency(code)) {
                fault("exchange_rates." + name, rate, "is no ISO 4217 currency code, such as EUR");
            } else if (number == null) {
                fault("exchange_rates." + name, rate, "is no positive number, such as 1.08");
            } else {
                rates.put(code, number);
            }
        });
        return rates;
    }

    private static @Nullable BigDecimal rate(@Nullable Object value) {
        try {
            BigDecimal rate = new BigDecimal(String.valueOf(value));
            boolean sane = rate.signum() > 0 && rate.precision() <= 20 && Math.abs(rate.scale()) <= 12;
            return sane ? rate : null;
        } catch (NumberFormatException noNumber) {
            return null;
        }
    }

    private List<String> trust(@Nullable Object value, List<String> current) {
        if (value == null) {
            return current;
        }
        if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String.class::cast).distinct().toList();
        }
        fault("field_trust", value, "is no list of source names, the most trusted first");
        return current;
    }

    private String profile(@Nullable Object value, String current) {
        if (value == null) {
            return current;
        }
        if (value instanceof String name && healthProfiles.contains(name)) {
            return name;
        }
        fault("health_profile", value, "is no health profile; there are " + String.join(", ", healthProfiles));
        return current;
    }

    private Map<String, @Nullable Object> object(
            String field, @Nullable Object value, Map<String, @Nullable Object> current) {
        if (value == null) {
            return current;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            map.forEach((key, entry) -> object.put(String.valueOf(key), entry));
            return object;
        }
        fault(field, value, "is no object");
        return current;
    }

    private void fault(String field, @Nullable Object value, String error) {
        String text = String.valueOf(value);
        faults.add(new FieldError(field, text.length() > 200 ? text.substring(0, 200) : text, error));
    }
}
