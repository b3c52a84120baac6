package io.tributary.mapping;

import java.util.List;
import java.util.stream.Collectors;

/** A mapping file that cannot be used, with every fault found in it. */
public final class MappingException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * One fault.
     *
     * @param file the file as it was named
     * @param line counted from 1
     * @param problem what is wrong, one sentence
     * @param mend what to write instead, one sentence
     */
    public record Fault(String file, int line, String problem, String mend) {
        @Override
        public String toString() {
            return file + ":" + line + ": " + problem + " " + mend;
        }
    }

    private final transient List<Fault> faults;

    public MappingException(List<Fault> faults) {
        super(faults.stream().map(Fault::toString).collect(Collectors.joining("\n")));
        this.faults = List.copyOf(faults);
    }

    /** Every fault of the file, in its order. */
    public List<Fault> faults() {
        return faults;
    }
}
