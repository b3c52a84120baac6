package io.tributary.check;

import java.util.Comparator;

/**
 * One thing wrong in one file, and what to write instead.
 *
 * @param file as the person who asked knows it
 * @param line counted from 1; 0 when the fault is in no line of its own
 * @param problem what is wrong, a clause without a full stop
 * @param mend what to do about it, a clause without a full stop
 */
public record Fault(String file, int line, String problem, String mend) implements Comparable<Fault> {

    private static final Comparator<Fault> IN_READING_ORDER = Comparator.comparing(Fault::file)
            .thenComparingInt(Fault::line)
            .thenComparing(Fault::problem)
            .thenComparing(Fault::mend);

    @Override
    public int compareTo(Fault other) {
        return IN_READING_ORDER.compare(this, other);
    }

    /** The form that editors and terminals turn into a link: {@code file:line: problem. mend.} */
    @Override
    public String toString() {
        return file + ":" + line + ": " + problem + ". " + mend + ".";
    }
}
