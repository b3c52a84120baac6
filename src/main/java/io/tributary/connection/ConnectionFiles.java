package io.tributary.connection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.tributary.deal.FieldError;
import io.tributary.tenant.WorkspaceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections made by files: each {@code templatedRoute} in the integrators' folder whose template is a kind of
 * connection. A route looks each second whether a file has changed. One that is wrong is reported, and what it made before
 * stays.
 */
public final class ConnectionFiles {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionFiles.class);
    private static final String ENDING = ".camel.yaml";
    private static final long LARGEST_BYTES = 1024L * 1024;
    private static final int DEEPEST = 8;
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private final Path folder;
    private final ConnectionKinds kinds;
    private final Connections connections;
    private final Function<String, @Nullable String> environment;
    private Map<Path, Read> files = new TreeMap<>();

    /** A file as it was when it was read last; {@code made} is of the last time that it was right. */
    private record Read(String state, List<Made> made) {}

    /** A connection, or why there is none. */
    private record Made(Connection.Id id, @Nullable Connection connection, Connections.Broken broken) {}

    /** A file that cannot be taken, with everything that is wrong. */
    private static final class WrongFileException extends Exception {
        private static final long serialVersionUID = 1L;

        WrongFileException(String message) {
            super(message);
        }
    }

    public ConnectionFiles(
            Path folder,
            ConnectionKinds kinds,
            Connections connections,
            Function<String, @Nullable String> environment) {
        this.folder = folder;
        this.kinds = kinds;
        this.connections = connections;
        this.environment = environment;
    }

    /** Takes over what changed in the folder since the last time. */
    public synchronized void refresh() {
        Map<Path, Read> now = new TreeMap<>();
        for (Path file : candidates()) {
            Read before = files.get(file);
            String state = state(file);
            now.put(file, before != null && before.state().equals(state) ? before : read(file, state, before));
        }
        boolean changed = !made(now).equals(made(files));
        files = now;
        if (changed) {
            publish();
        }
    }

    private static List<Made> made(Map<Path, Read> files) {
        return files.values().stream().flatMap(read -> read.made().stream()).toList();
    }

    private List<Path> candidates() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(folder, DEEPEST)) {
            return paths.filter(path -> path.toString().endsWith(ENDING))
                    .filter(Files::isRegularFile)
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("Reading the folder {} failed; its connections stay as they are", folder, e);
            return List.copyOf(files.keySet());
        }
    }

    /** Changes whenever the file does. */
    private static String state(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis() + " " + Files.size(file);
        } catch (IOException gone) {
            return "gone";
        }
    }

    private Read read(Path file, String state, @Nullable Read before) {
        try {
            if (Files.size(file) > LARGEST_BYTES) {
                throw new WrongFileException("it is larger than a megabyte");
            }
            return new Read(state, read(file));
        } catch (NoSuchFileException gone) {
            return new Read(state, List.of());
        } catch (WrongFileException | IOException e) {
            LOG.error("The connections in {} are not taken over: {}", file, e.getMessage());
            return new Read(state, before == null ? List.of() : before.made());
        }
    }

    private List<Made> read(Path file) throws IOException, WrongFileException {
        JsonNode entries;
        try {
            entries = YAML.readTree(Files.readString(file, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new WrongFileException(
                    "line " + (e.getLocation() == null ? "?" : e.getLocation().getLineNr()) + " is no YAML");
        }
        List<Made> made = new ArrayList<>();
        for (JsonNode entry : entries) {
            JsonNode templated = entry.path("templatedRoute");
            Optional<ConnectionKind> kind =
                    kinds.find(templated.path("routeTemplateRef").asText());
            if (kind.isPresent()) {
                made.add(make(file, templated, kind.get()));
            }
        }
        return made;
    }

    private Made make(Path file, JsonNode templated, ConnectionKind kind) throws WrongFileException {
        Map<String, String> texts = new LinkedHashMap<>();
        templated
                .path("parameters")
                .forEach(parameter -> texts.put(
                        parameter.path("name").asText(), parameter.path("value").asText()));
        WrittenConnection written = new WrittenConnection(kind, texts);
        List<WrittenConnection.Wrong> faults = written.faults();
        if (!faults.isEmpty()) {
            throw new WrongFileException(String.join(
                    "; ",
                    faults.stream()
                            .map(wrong -> wrong.problem() + ". " + wrong.mend())
                            .toList()));
        }
        String name = templated.path("routeId").asText(nameOf(file));
        Map<String, String> resolved;
        try {
            resolved = written.resolved(environment);
        } catch (WrittenConnection.MissingVariableException e) {
            Connection.Id id =
                    new Connection.Id(texts.getOrDefault("tenant", ""), texts.getOrDefault("workspace", ""), name);
            return new Made(id, null, new Connections.Broken(kind.name(), "file", String.valueOf(e.getMessage())));
        }
        WorkspaceId workspace =
                new WorkspaceId(resolved.getOrDefault("tenant", ""), resolved.getOrDefault("workspace", ""));
        Connection.Id id = new Connection.Id(workspace.tenant(), workspace.workspace(), name);
        Map<String, String> all = Connections.withDefaults(kind, resolved);
        Connections.Broken broken = new Connections.Broken(kind.name(), "file", reasonAgainst(kind, all));
        if (!broken.reason().isEmpty()) {
            return new Made(id, null, broken);
        }
        String revision = UUID.nameUUIDFromBytes((kind.name() + new TreeMap<>(all)).getBytes(StandardCharsets.UTF_8))
                .toString();
        Optional<String> madeBy = Optional.of(String.valueOf(file.getFileName()));
        return new Made(id, new Connection(workspace, name, kind, all, revision, madeBy), broken);
    }

    /** What is wrong with a value that came from the environment; empty when nothing is. */
    private static String reasonAgainst(ConnectionKind kind, Map<String, String> all) {
        for (Parameter parameter : kind.parameters()) {
            String value = all.get(parameter.name());
            Optional<String> wrong = value == null ? Optional.empty() : parameter.fault(value);
            if (wrong.isPresent()) {
                return "its " + parameter.name() + " " + wrong.get();
            }
        }
        List<FieldError> between = kind.faults(all);
        return between.isEmpty()
                ? ""
                : "its " + between.get(0).field().replaceFirst("^parameters\\.", "") + " "
                        + between.get(0).error();
    }

    private static String nameOf(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(0, name.length() - ENDING.length());
    }

    /** Of two files that make the same connection the first by path does. */
    private void publish() {
        Map<Connection.Id, Connection> made = new HashMap<>();
        Map<Connection.Id, Connections.Broken> broken = new HashMap<>();
        files.forEach((file, read) -> read.made().forEach(one -> {
            if (made.containsKey(one.id()) || broken.containsKey(one.id())) {
                LOG.error("The connection {} in {} is made by another file already", one.id(), file);
            } else if (one.connection() != null) {
                made.put(one.id(), one.connection());
            } else {
                LOG.error(
                        "The connection {} in {} cannot work: {}",
                        one.id(),
                        file,
                        one.broken().reason());
                broken.put(one.id(), one.broken());
            }
        }));
        connections.filesNowMake(made, broken);
    }
}
