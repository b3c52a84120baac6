package io.tributary.start;

import java.util.List;

/** The hub cannot start; carries every problem found, each saying what to do about it. */
public final class StartException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    public StartException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    public StartException(String problem, Throwable cause) {
        super(problem, cause);
        this.problems = List.of(problem);
    }

    /** Every problem found, in the order of the settings. */
    public List<String> problems() {
        return problems;
    }
}
