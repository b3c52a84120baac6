package io.tributary.check;

import java.util.List;
import java.util.Set;

/**
 * What a check found, in reading order.
 *
 * @param files how many files were read
 * @param faults what must be mended: a file with a fault does not run, or not as it reads
 * @param warnings what runs, but is not written the way the built-in files are
 */
public record Report(int files, List<Fault> faults, List<Fault> warnings) {

    public Report(int files, Set<Fault> faults, Set<Fault> warnings) {
        this(
                files,
                faults.stream().sorted().toList(),
                warnings.stream().sorted().toList());
    }

    /** Whether every file may be loaded. */
    public boolean clean() {
        return faults.isEmpty();
    }

    /** The faults of one file, for whoever decides whether to load just that one. */
    public List<Fault> faultsIn(String file) {
        return faults.stream().filter(fault -> fault.file().equals(file)).toList();
    }
}
