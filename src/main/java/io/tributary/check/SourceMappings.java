package io.tributary.check;

import io.tributary.mapping.Mapping;
import io.tributary.mapping.MappingCases;
import io.tributary.mapping.MappingException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Mappings as the hub itself reads them, and their cases as it would answer them. */
final class SourceMappings implements MappingRule {

    @Override
    public List<Fault> check(SourceFile mapping) {
        try {
            Mapping.parse(mapping.name(), mapping.text());
            return List.of();
        } catch (MappingException faulty) {
            return faulty.faults().stream()
                    .map(fault -> new Fault(fault.file(), fault.line(), clause(fault.problem()), clause(fault.mend())))
                    .toList();
        }
    }

    @Override
    public List<Fault> checkCases(SourceFile cases, @Nullable SourceFile mapping) {
        if (mapping == null) {
            return List.of(new Fault(
                    cases.name(), 1, "there is no mapping of this name", "Put it beside the cases, or rename them"));
        }
        try {
            Mapping tried = Mapping.parse(mapping.name(), mapping.text());
            return MappingCases.run(cases.name(), tried, cases.text()).stream()
                    .map(failure -> new Fault(
                            cases.name(),
                            lineOf(failure.name(), cases),
                            (failure.name().isEmpty() ? "the file " : "the case \"" + failure.name() + "\" ")
                                    + clause(failure.problem()),
                            "Correct the mapping, or what the case expects"))
                    .toList();
        } catch (MappingException toldWithTheMapping) {
            return List.of();
        }
    }

    /** The line in which a case is named; the first of the file when it is not found. */
    private static int lineOf(String name, SourceFile cases) {
        try {
            return YamlValue.parse(cases.text()).stream()
                    .flatMap(root -> root.itemsAt("cases").stream())
                    .filter(one -> one.textAt("name").equals(name))
                    .mapToInt(one -> one.lineOf("name"))
                    .findFirst()
                    .orElse(1);
        } catch (YamlEngineException unreadable) {
            return 1;
        }
    }

    private static String clause(String sentence) {
        return sentence.replaceFirst("\\.$", "");
    }
}
