package io.tributary.mapping;

import io.tributary.deal.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads stages by a table of their names: the six codes, common synonyms, and whatever a mapping adds. */
public final class StageReader {

    /**
     * A stage as read.
     *
     * @param stage the stage; discovery when the text is unknown
     * @param probability percent that the table gives for it; null when it gives none
     * @param known whether the text is in the table
     */
    public record StageReading(Stage stage, @Nullable BigDecimal probability, boolean known) {}

    private static final Map<String, Map<String, StageReading>> TABLES = tables();
    private static final StageReader COMMON = new StageReader(table("common"));
    private static final int LONGEST_SHOWN = 60;

    private final Map<String, StageReading> readings;

    private StageReader(Map<String, StageReading> readings) {
        this.readings = Map.copyOf(readings);
    }

    /** The reader of the codes and the common synonyms alone. */
    public static StageReader common() {
        return COMMON;
    }

    /** The CRMs whose stages are known by table. */
    public static Set<String> knownTables() {
        return TABLES.keySet().stream().filter(name -> !name.equals("common")).collect(Collectors.toUnmodifiableSet());
    }

    /** The reader of the codes, the synonyms, and the stages that these CRMs begin with. */
    public static StageReader of(List<String> tables) {
        return COMMON.with(tables);
    }

    /** This reader with the tables of these CRMs laid over its own. */
    StageReader with(List<String> tables) {
        return withAll(tables.stream().map(StageReader::table).toList());
    }

    /** This reader with names of a mapping's own laid over, as written. */
    StageReader withNames(Map<String, StageReading> names) {
        return withAll(List.of(names.entrySet().stream()
                .collect(Collectors.toMap(name -> Folding.fold(name.getKey()), Map.Entry::getValue, (a, b) -> b))));
    }

    private StageReader withAll(List<Map<String, StageReading>> tables) {
        Map<String, StageReading> all = new HashMap<>(readings);
        tables.forEach(all::putAll);
        return new StageReader(all);
    }

    /** Reads a stage; an unknown one is discovery, with a warning. */
    public Reading<StageReading> read(@Nullable Object value) {
        Reading<String> text = TextReader.readTrimmed(value);
        if (text instanceof Reading.Fault<String> fault) {
            return Reading.fault(fault.error());
        }
        if (!(text instanceof Reading.Value<String> name)) {
            return Reading.nothing();
        }
        StageReading found = find(name.value());
        if (found != null) {
            return Reading.of(found);
        }
        String shown =
                name.value().length() > LONGEST_SHOWN ? name.value().substring(0, LONGEST_SHOWN) + "…" : name.value();
        return Reading.of(
                new StageReading(Stage.DISCOVERY, null, false),
                "\"" + shown + "\" is no stage known here; the deal is in discovery, the text is kept as stage_text");
    }

    private @Nullable StageReading find(String name) {
        StageReading found = readings.get(Folding.fold(name));
        int pipeline = name.lastIndexOf('(');
        return found == null && pipeline > 0 && name.endsWith(")")
                ? readings.get(Folding.fold(name.substring(0, pipeline)))
                : found;
    }

    private static Map<String, StageReading> table(String name) {
        return Objects.requireNonNull(TABLES.get(name), name);
    }

    private static Map<String, Map<String, StageReading>> tables() {
        try (InputStream file = Objects.requireNonNull(StageReader.class.getResourceAsStream("stages.yaml"))) {
            Map<String, Map<String, Map<String, Object>>> tables =
                    new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
            return tables.entrySet().stream()
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, table -> folded(table.getValue())));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("reading stages.yaml", unreadable);
        }
    }

    private static Map<String, StageReading> folded(Map<String, Map<String, Object>> table) {
        Map<String, StageReading> readings = new HashMap<>();
        table.forEach((name, entry) -> {
            Stage stage = Stage.ofCode(String.valueOf(entry.get("stage"))).orElseThrow();
            Object probability = entry.get("probability");
            readings.put(
                    Folding.fold(name),
                    new StageReading(stage, probability == null ? null : new BigDecimal(probability + ".00"), true));
        });
        return readings;
    }
}
