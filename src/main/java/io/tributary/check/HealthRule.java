package io.tributary.check;

import io.tributary.health.HealthFile;
import io.tributary.health.HealthFileException;
import java.util.List;

/** Checks a health profile as the hub itself reads it. */
final class HealthRule {
    private HealthRule() {}

    static List<Fault> check(SourceFile profile) {
        try {
            HealthFile.parse(profile.text());
            return List.of();
        } catch (HealthFileException faulty) {
            return faulty.faults().stream()
                    .map(fault -> new Fault(profile.name(), fault.line(), fault.problem(), fault.mend()))
                    .toList();
        }
    }
}
