package io.tributary.check;

import java.util.HashSet;
import java.util.Set;

/** Collects what the rules find; a style rule binds the built-in files and only advises the others. */
final class Findings {

    private final Set<Fault> faults = new HashSet<>();
    private final Set<Fault> warnings = new HashSet<>();

    /** Something that keeps the file from running as it reads. */
    void wrong(SourceFile file, int line, String problem, String mend) {
        faults.add(new Fault(file.name(), line, problem, mend));
    }

    /** Something that runs, but is not the house style. */
    void untidy(SourceFile file, int line, String problem, String mend) {
        (file.builtIn() ? faults : warnings).add(new Fault(file.name(), line, problem, mend));
    }

    /** Whether a line is known to be wrong already. */
    boolean faulty(SourceFile file, int line) {
        return faults.stream()
                .anyMatch(fault -> fault.line() == line && fault.file().equals(file.name()));
    }

    void addAll(Iterable<Fault> found) {
        found.forEach(faults::add);
    }

    Report report(int files) {
        return new Report(files, faults, warnings);
    }
}
