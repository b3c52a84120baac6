package io.tributary.health;

import java.util.List;
import java.util.stream.Collectors;

/** A health profile file that cannot be used, with every fault found in it. */
public final class HealthFileException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * One fault.
     *
     * @param line counted from 1
     * @param problem what is wrong
     * @param mend what to write instead
     */
    public record Fault(int line, String problem, String mend) {}

    private final transient List<Fault> faults;

    HealthFileException(List<Fault> faults) {
        super(faults.stream()
                .map(fault -> "line " + fault.line() + ": " + fault.problem() + ". " + fault.mend() + ".")
                .collect(Collectors.joining("\n")));
        this.faults = List.copyOf(faults);
    }

    public List<Fault> faults() {
        return faults;
    }
}
