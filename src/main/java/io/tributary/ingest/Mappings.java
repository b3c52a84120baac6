package io.tributary.ingest;

import io.tributary.mapping.Mapping;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The mapping of each source, as it is in force now. */
public final class Mappings {
    private final Map<String, JsonRecordReader> readers = new ConcurrentHashMap<>();
    private final Map<String, ReplayReader> replayReaders = new ConcurrentHashMap<>();
    private final Map<String, Mapping> mappings = new ConcurrentHashMap<>();

    /** Puts a mapping in force; records read from now on go by it. */
    public void put(Mapping mapping) {
        mappings.put(mapping.source(), mapping);
        readers.put(mapping.source(), new JsonRecordReader(mapping));
    }

    /** Has records of {@code source} that come from quarantine read by {@code reader}, where they are kept in a form of their own. */
    public void replayWith(String source, ReplayReader reader) {
        replayReaders.put(source, reader);
    }

    /** Reads records of {@code source} that come from quarantine; empty when nothing reads that source. */
    public Optional<ReplayReader> replayReader(String source) {
        ReplayReader own = replayReaders.get(source);
        return own != null ? Optional.of(own) : of(source).map(ReplayReader::ofObjects);
    }

    /** Puts these mappings in force, and no others. */
    public void putAll(Collection<Mapping> all) {
        Set<String> sources = all.stream().map(Mapping::source).collect(Collectors.toSet());
        for (Mapping mapping : all) {
            if (mappings.get(mapping.source()) != mapping) {
                put(mapping);
            }
        }
        mappings.keySet().retainAll(sources);
        readers.keySet().retainAll(sources);
    }

    public Optional<Mapping> of(String source) {
        return Optional.ofNullable(mappings.get(source));
    }

    /**
     * Reads JSON records of {@code source}.
     *
     * @throws IllegalArgumentException when no mapping names that source
     */
    public RecordReader reader(String source) {
        RecordReader reader = readers.get(source);
        if (reader == null) {
            throw new IllegalArgumentException("no mapping file names the source " + source);
        }
        return reader;
    }
}
