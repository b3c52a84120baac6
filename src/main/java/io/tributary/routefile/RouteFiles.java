package io.tributary.routefile;

import io.tributary.check.Fault;
import io.tributary.check.RouteCheck;
import io.tributary.check.SourceFile;
import io.tributary.http.PathChanges;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The integration team's own files, laid over the built-in ones: one of the same name takes its place. Each is checked
 * before it is put in force, and the folder is looked at again and again. A faulty file stops nothing: what ran before it
 * goes on.
 */
public final class RouteFiles {
    private static final Logger LOG = LoggerFactory.getLogger(RouteFiles.class);
    private static final String ROUTES = ".camel.yaml";

    private final OwnFolder folder;
    private final List<SourceFile> builtIn;
    private final Map<String, SourceFile> builtInByName;
    private final MappingFiles mappings;
    private final PathChanges paths;
    private final Predicate<String> isConnection;
    private @Nullable Overlay overlay;
    private @Nullable RouteLoader loader;

    /** The text of each own file that is in force. */
    private final Map<String, String> inForce = new TreeMap<>();

    private Map<String, String> own = Map.of();
    private volatile List<FileState> states = List.of();

    /** @param isConnection whether entries made from a route template of that name make connections; Camel is not given those */
    public RouteFiles(
            Path folder,
            List<SourceFile> builtIn,
            MappingFiles mappings,
            PathChanges paths,
            Predicate<String> isConnection) {
        this.folder = new OwnFolder(folder);
        this.builtIn = List.copyOf(builtIn);
        this.builtInByName = builtIn.stream()
                .collect(Collectors.toMap(file -> Overlay.simpleName(file.name()), file -> file, (one, other) -> one));
        this.mappings = mappings;
        this.paths = paths;
        this.isConnection = isConnection;
    }

    /** Reads the folder before anything runs, and tells which built-in files are replaced from the start. */
    public Set<String> prepare() throws IOException {
        own = folder.read();
        if (own.isEmpty()) {
            return Set.of();
        }
        return overlay().decide(own, Map.of()).files().keySet().stream()
                .map(name -> builtInByName.get(Overlay.simpleName(name)))
                .filter(file -> file != null && file.name().endsWith(ROUTES))
                .map(SourceFile::name)
                .collect(Collectors.toSet());
    }

    /** Puts what was read in force, once everything built in runs. */
    public synchronized void start(CamelContext camel) {
        loader = new RouteLoader(camel);
        if (!own.isEmpty()) {
            apply(overlay().decide(own, Map.of()));
        }
    }

    /** Looks whether a file has come, gone or changed, and puts that in force. */
    public synchronized void lookAgain() throws IOException {
        if (loader == null) {
            return;
        }
        Optional<Map<String, String>> changed = folder.readWhenChanged();
        if (changed.isPresent() && !changed.get().equals(own)) {
            own = changed.get();
            apply(overlay().decide(own, inForce));
        }
    }

    /** What became of each own file. */
    public List<FileState> states() {
        return states;
    }

    private Overlay overlay() {
        if (overlay == null) {
            overlay = new Overlay(new RouteCheck(), builtIn);
        }
        return overlay;
    }

    private void apply(Overlay.Decision decision) {
        Map<String, List<Fault>> faults = new TreeMap<>(decision.faults());
        paths.begin();
        try {
            mappings.putInForce(decision.files());
            ProfileFiles.putInForce(decision.files());
            List<String> gone = inForce.keySet().stream()
                    .filter(name -> !decision.files().containsKey(name))
                    .toList();
            gone.forEach(this::remove);
            decision.files().forEach((name, text) -> {
                if (!text.equals(inForce.get(name))) {
                    put(name, text, decision.files(), faults);
                }
            });
        } finally {
            paths.end();
        }
        tell(faults);
    }

    private void put(String name, String text, Map<String, String> files, Map<String, List<Fault>> faults) {
        try {
            if (name.endsWith(ROUTES)) {
                loader().put(file(name, text), builtInByName.get(Overlay.simpleName(name)), surroundings(name, files));
                LOG.info("{} is in force", name);
            }
            inForce.put(name, text);
        } catch (Exception e) {
            faults.computeIfAbsent(name, first -> new ArrayList<>()).add(CamelFault.of(name, text, e));
            LOG.debug("Loading {} failed", name, e);
            if (!inForce.containsKey(name)) {
                restoreBuiltIn(name);
            }
        }
    }

    private void remove(String name) {
        inForce.remove(name);
        if (!name.endsWith(ROUTES)) {
            return;
        }
        try {
            loader().end(name);
            LOG.info("{} is no longer in force", name);
        } catch (Exception e) {
            LOG.error("Routes of {} could not be ended; restart the hub", name, e);
        }
        restoreBuiltIn(name);
    }

    private void restoreBuiltIn(String name) {
        SourceFile file = builtInByName.get(Overlay.simpleName(name));
        boolean replaced = inForce.keySet().stream()
                .anyMatch(other -> Overlay.simpleName(other).equals(Overlay.simpleName(name)));
        if (file == null || replaced || !name.endsWith(ROUTES) || loader().runs(file)) {
            return;
        }
        try {
            loader().put(file, null, surroundings(file.name(), inForce));
            LOG.info("The built-in {} is in force again", file.name());
        } catch (Exception e) {
            LOG.error("The built-in {} could not be put in force again; restart the hub", file.name(), e);
        }
    }

    private RouteLoader loader() {
        return java.util.Objects.requireNonNull(loader);
    }

    /** A route file without the entries that make connections. */
    private SourceFile file(String name, String text) {
        return new SourceFile(name, ConnectionLines.blank(text, isConnection), false);
    }

    /** The other files in force whose templates and configurations a route may name. */
    private List<SourceFile> surroundings(String name, Map<String, String> files) {
        Set<String> replaced = files.keySet().stream().map(Overlay::simpleName).collect(Collectors.toSet());
        List<SourceFile> others = new ArrayList<>();
        builtIn.stream()
                .filter(file -> !replaced.contains(Overlay.simpleName(file.name())))
                .forEach(others::add);
        files.forEach((other, text) -> others.add(file(other, text)));
        return others.stream()
                .filter(file -> !file.name().equals(name) && file.name().endsWith(ROUTES))
                .filter(file ->
                        file.text().contains("routeTemplate:") || file.text().contains("routeConfiguration:"))
                .toList();
    }

    private void tell(Map<String, List<Fault>> faults) {
        List<FileState> now = new ArrayList<>();
        own.forEach((name, text) -> {
            List<Fault> found = faults.getOrDefault(name, List.of());
            boolean asItIs = text.equals(inForce.get(name)) && found.isEmpty();
            FileState.State state = asItIs
                    ? FileState.State.LOADED
                    : inForce.containsKey(name) ? FileState.State.EARLIER : FileState.State.BROKEN;
            SourceFile replaced = builtInByName.get(Overlay.simpleName(name));
            now.add(new FileState(name, state, replaced == null ? null : replaced.name(), found));
        });
        states = List.copyOf(now);
        now.stream().flatMap(file -> file.faults().stream()).distinct().forEach(fault -> LOG.warn("{}", fault));
    }
}
