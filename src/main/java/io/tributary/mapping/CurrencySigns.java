package io.tributary.mapping;

import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The codes, symbols and words that name a currency. A sign that several currencies share names the tenant's own when
 * that is one of them, else the one of the tenant's country, else its usual bearer; a sign without one stays unknown.
 */
final class CurrencySigns {

    /**
     * What a sign may stand for.
     *
     * @param codes every ISO 4217 code it is used for
     * @param usual the code it stands for where nothing else decides; null when none is usual
     */
    record Sign(Set<String> codes, @Nullable String usual) {

        /** The code that the sign stands for in this context; null when that is not decided. */
        @Nullable
        String code(ReadingContext context) {
            if (codes.size() == 1 || codes.contains(context.currency())) {
                return codes.size() == 1 ? usual : context.currency();
            }
            String local = LocaleHabits.of(context.locale()).currency();
            return local != null && codes.contains(local) ? local : usual;
        }
    }

    /** Currencies whose prices are written without decimals, so that a mark before three digits groups. */
    private static final Set<String> WITHOUT_DECIMALS = Set.of(
            "JPY", "KRW", "VND", "IDR", "CLP", "COP", "PYG", "ISK", "HUF", "UGX", "XAF", "XOF", "RWF", "IRR", "CRC");

    private CurrencySigns() {}

    /** The sign of this spelling, whatever its case; null when it names no currency. */
    static @Nullable Sign of(String spelling) {
        return SIGNS.get(spelling.toLowerCase(Locale.ROOT));
    }

    static boolean withoutDecimals(String code) {
        return WITHOUT_DECIMALS.contains(code);
    }

    private static Map<String, Sign> signs() {
        Map<String, Sign> signs = new HashMap<>();
        for (Currency currency : Currency.getAvailableCurrencies()) {
            String code = currency.getCurrencyCode();
            signs.put(code.toLowerCase(Locale.ROOT), new Sign(Set.of(code), code));
        }
        for (String line : ONE_CURRENCY) {
            List<String> words = List.of(line.split(" ", -1));
            Sign sign = new Sign(Set.of(words.get(0)), words.get(0));
            words.stream().skip(1).forEach(word -> signs.put(word, sign));
        }
        for (String line : SHARED) {
            String[] halves = line.split(" = ", 2);
            List<String> codes = List.of(halves[1].split(" ", -1));
            String usual = codes.get(0).equals("none") ? null : codes.get(0);
            Set<String> all =
                    codes.stream().filter(code -> !code.equals("none")).collect(Collectors.toUnmodifiableSet());
            for (String word : halves[0].split(" ", -1)) {
                signs.put(word, new Sign(all, usual));
            }
        }
        return Map.copyOf(signs);
    }

    private static final List<String> ONE_CURRENCY = List.of(
            "EUR € euro euros",
            "USD us us$ usd$ $us dollar dollars",
            "GBP £ gb£ £gb quid sterling",
            "CAD c$ ca$ can$ cdn$",
            "AUD a$ au$",
            "NZD nz$",
            "SGD s$ sg$",
            "HKD hk$",
            "TWD nt$ 元台幣",
            "MXN mx$ mex$",
            "BRL r$ reais real",
            "JMD j$",
            "TTD tt$",
            "BBD bds$",
            "BSD b$",
            "NAD n$",
            "FJD fj$",
            "MOP mop$",
            "CHF fr sfr franken chf.",
            "JPY 円 jp¥ yen",
            "CNY 元 cn¥ rmb 人民币",
            "KRW ₩ 원",
            "INR ₹ inr₹",
            "PLN zł zl złotych",
            "CZK kč kc",
            "HUF ft forint",
            "RON lei ron leu",
            "BGN лв",
            "RUB ₽ руб рублей рубль рубля р",
            "UAH ₴ грн",
            "TRY ₺ tl",
            "ILS ₪ nis",
            "THB ฿",
            "VND ₫ đ",
            "IDR rp",
            "MYR rm",
            "PHP ₱",
            "ZAR zar",
            "NGN ₦",
            "GHS ₵ gh₵",
            "KES ksh kes",
            "TZS tsh",
            "UGX ush",
            "ZMW zk",
            "KZT ₸",
            "GEL ₾",
            "AZN ₼",
            "AMD ֏",
            "AFN ؋",
            "KHR ៛",
            "LAK ₭",
            "MNT ₮",
            "CRC ₡",
            "PYG ₲",
            "PAB b/",
            "PEN s/",
            "BTN nu",
            "VUV vt",
            "BIF fbu",
            "DJF fdj",
            "ERN nfk",
            "GNF fg",
            "HRK kn",
            "SEK skr svensk",
            "DKK dkr",
            "NOK nkr",
            "AED dh dhs",
            "SAR sr");

    private static final List<String> SHARED = List.of(
            "$ = USD CAD AUD NZD SGD HKD TWD MXN ARS CLP COP UYU BBD BSD BZD FJD GYD JMD LRD NAD TTD XCD",
            "¥ ￥ = JPY CNY",
            "kr = none SEK NOK DKK ISK",
            "rs = none INR PKR LKR NPR MUR SCR",
            "br = none BYN ETB",
            "fcfa cfa = none XAF XOF",
            "r = none ZAR",
            "﷼ ریال ريال = none IRR SAR QAR OMR YER");

    private static final Map<String, Sign> SIGNS = signs();
}
