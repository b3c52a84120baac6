package io.tributary.routefile;

import io.tributary.check.Fault;
import io.tributary.check.Report;
import io.tributary.check.RouteCheck;
import io.tributary.check.SourceFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides which of one's own files are in force: those without a fault, laid over the built-in ones of the same name. In
 * place of a faulty one its last good version stays, where it had one, else the built-in file of its name.
 */
final class Overlay {
    private final RouteCheck check;
    private final List<SourceFile> builtIn;
    private final Set<String> builtInNames;

    /**
     * What is in force, and why something is not.
     *
     * @param files the text of each own file that is in force
     * @param faults by own file, whatever keeps it, as it is now, from being in force
     */
    record Decision(Map<String, String> files, Map<String, List<Fault>> faults) {}

    Overlay(RouteCheck check, List<SourceFile> builtIn) {
        this.check = check;
        this.builtIn = builtIn;
        this.builtInNames =
                builtIn.stream().map(file -> simpleName(file.name())).collect(Collectors.toSet());
    }

    /**
     * Decides.
     *
     * @param own one's own files as they are now
     * @param good those that are in force so far
     */
    Decision decide(Map<String, String> own, Map<String, String> good) {
        Map<String, String> chosen = new TreeMap<>(own);
        Map<String, List<Fault>> faults = new TreeMap<>();
        Set<String> settled = new HashSet<>();
        boolean again = true;
        while (again) {
            again = false;
            for (Map.Entry<String, List<Fault>> faulty :
                    faultsByCulprit(chosen, settled).entrySet()) {
                String file = faulty.getKey();
                again = true;
                faults.putIfAbsent(file, faulty.getValue());
                settled.add(file);
                String earlier = good.get(file);
                if (earlier == null) {
                    chosen.remove(file);
                } else {
                    chosen.put(file, earlier);
                }
            }
        }
        return new Decision(chosen, faults);
    }

    private Map<String, List<Fault>> faultsByCulprit(Map<String, String> chosen, Set<String> settled) {
        List<SourceFile> files = new ArrayList<>(builtIn);
        chosen.forEach((name, text) -> files.add(new SourceFile(name, text, false)));
        Report report = check.check(files);
        Map<String, List<Fault>> byCulprit = new LinkedHashMap<>();
        for (Fault fault : report.faults()) {
            for (String culprit : culprits(fault.file(), chosen)) {
                if (!settled.contains(culprit)) {
                    byCulprit
                            .computeIfAbsent(culprit, first -> new ArrayList<>())
                            .add(fault);
                }
            }
        }
        return byCulprit;
    }

    /**
     * A case that fails speaks against its mapping too. A built-in file has no fault by itself, so whatever replaced
     * another one has taken away what it needs.
     */
    private List<String> culprits(String file, Map<String, String> chosen) {
        if (!chosen.containsKey(file)) {
            return chosen.keySet().stream()
                    .filter(name -> builtInNames.contains(simpleName(name)))
                    .toList();
        }
        List<String> culprits = new ArrayList<>(List.of(file));
        String mapping = mappingOf(simpleName(file));
        if (mapping != null) {
            chosen.keySet().stream()
                    .filter(name -> simpleName(name).equals(mapping))
                    .forEach(culprits::add);
        }
        return culprits;
    }

    private static @Nullable String mappingOf(String cases) {
        return cases.endsWith(".mapping.test.yaml") ? cases.replace(".mapping.test.yaml", ".mapping.yaml") : null;
    }

    /** A file's name without its folders; by it a built-in one is replaced. */
    static String simpleName(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }
}
