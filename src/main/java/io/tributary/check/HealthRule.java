package io.tributary.check;

import io.tributary.health.HealthFile;
import io.tributary.health.HealthFileException;
import io.tributary.health.HealthProfiles;
import java.util.List;

/** Checks a health profile as the hub itself reads it. */
final class HealthRule {
    private HealthRule() {}

    static List<Fault> check(SourceFile profile) {
        try {
            String name = HealthFile.parse(profile.text()).name();
            return profile.builtIn() || !HealthProfiles.isBuiltIn(name)
                    ? List.of()
                    : List.of(new Fault(
                            profile.name(),
                            1,
                            "a profile of the name " + name + " comes with the hub",
                            "Name yours otherwise, as \"" + name + "-ours-1\", and choose it in the settings."));
        } catch (HealthFileException faulty) {
            return faulty.faults().stream()
                    .map(fault -> new Fault(profile.name(), fault.line(), fault.problem(), fault.mend()))
                    .toList();
        }
    }
}
