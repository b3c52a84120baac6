package io.tributary.routefile;

import io.tributary.check.SourceFile;
import io.tributary.mapping.Mapping;
import io.tributary.mapping.MappingException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Puts mappings in force: the built-in ones, and over them one's own. */
public final class MappingFiles {
    private static final String MAPPING = ".mapping.yaml";

    private final List<SourceFile> builtIn;
    private final Consumer<Collection<Mapping>> inForce;
    private Map<String, Mapping> parsed = new HashMap<>();

    /** @param inForce takes all mappings that are in force from now on, in place of those before */
    public MappingFiles(List<SourceFile> builtIn, Consumer<Collection<Mapping>> inForce) {
        this.builtIn =
                builtIn.stream().filter(file -> file.name().endsWith(MAPPING)).toList();
        this.inForce = inForce;
    }

    /** Puts the mappings among these files in force, over the built-in ones of the same name. */
    void putInForce(Map<String, String> own) {
        Set<String> replaced = own.keySet().stream().map(Overlay::simpleName).collect(Collectors.toSet());
        List<SourceFile> files = new ArrayList<>();
        builtIn.stream()
                .filter(file -> !replaced.contains(Overlay.simpleName(file.name())))
                .forEach(files::add);
        own.forEach((name, text) -> {
            if (name.endsWith(MAPPING)) {
                files.add(new SourceFile(name, text, false));
            }
        });
        Map<String, Mapping> now = new HashMap<>();
        for (SourceFile file : files) {
            // One that has not changed stays the same object, so that batches of its records still go together.
            Mapping known = parsed.get(file.text());
            now.put(file.text(), known == null ? parse(file) : known);
        }
        parsed = now;
        inForce.accept(now.values());
    }

    private static Mapping parse(SourceFile file) {
        try {
            return Mapping.parse(file.name(), file.text());
        } catch (MappingException checkedBefore) {
            throw new IllegalStateException("reading " + file.name(), checkedBefore);
        }
    }
}
