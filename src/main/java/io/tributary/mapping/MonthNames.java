package io.tributary.mapping;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The months in English, German, French, Spanish, Italian, Portuguese and Dutch, folded, whole and shortened. */
final class MonthNames {
    private static final List<String> NAMES = List.of(
            "january jan januar jaenner janner janvier janv enero ene gennaio gen janeiro januari",
            "february feb februar februari fevrier fevr fev febrero febbraio fevereiro",
            "march mar marz maerz mrz mars marzo marco maart mrt",
            "april apr avril avr abril abr aprile",
            "may mai mayo maggio mag maio mei",
            "june jun juni juin junio giugno giu junho",
            "july jul juli juillet juil julio luglio lug julho",
            "august aug aout aou agosto ago augustus",
            "september sep sept septembre septiembre settembre set setembro",
            "october oct oktober okt octobre octubre ottobre ott outubro out",
            "november nov novembre noviembre novembro",
            "december dec dezember dez decembre diciembre dic dicembre dezembro");

    private static final Map<String, Integer> MONTHS = months();

    /** Words around a date that say nothing of their own: weekdays, "of", ordinal endings. */
    private static final Set<String> FILLERS = Set.of(
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
            "mon",
            "tue",
            "tues",
            "wed",
            "thu",
            "thur",
            "thurs",
            "fri",
            "sat",
            "sun",
            "montag",
            "dienstag",
            "mittwoch",
            "donnerstag",
            "freitag",
            "samstag",
            "sonnabend",
            "sonntag",
            "lundi",
            "mardi",
            "mercredi",
            "jeudi",
            "vendredi",
            "samedi",
            "dimanche",
            "lunes",
            "martes",
            "miercoles",
            "jueves",
            "viernes",
            "sabado",
            "domingo",
            "of",
            "the",
            "de",
            "del",
            "den",
            "der",
            "le",
            "el",
            "il",
            "st",
            "nd",
            "rd",
            "th",
            "er",
            "o",
            "t",
            "at",
            "um",
            "on");

    private MonthNames() {}

    /** The month from 1 to 12; null when the word names none. */
    static @Nullable Integer month(String word) {
        return MONTHS.get(Folding.fold(word));
    }

    static boolean filler(String word) {
        return FILLERS.contains(Folding.fold(word));
    }

    private static Map<String, Integer> months() {
        Map<String, Integer> months = new HashMap<>();
        for (int i = 0; i < NAMES.size(); i++) {
            for (String name : NAMES.get(i).split(" ", -1)) {
                months.put(name, i + 1);
            }
        }
        return Map.copyOf(months);
    }
}
