package io.tributary.salesforce;

import io.tributary.connection.Connection;
import io.tributary.mapping.Reading;
import io.tributary.mapping.StageReader;
import io.tributary.salesforce.SalesforceException.Remedy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The stages that each organisation has made itself. One that is closed is won or lost as the organisation says; an open
 * one stands where the standard stages of its probability do.
 *
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_opportunitystage.htm">
 *     Object Reference, OpportunityStage</a>
 */
final class SalesforceStages {
    private static final long MEMORY_NANOS = Duration.ofMinutes(10).toNanos();
    private static final StageReader STANDARD = StageReader.of(List.of(SalesforceKind.NAME));

    private final SalesforceApi api;
    private final Map<String, Remembered> memory = new ConcurrentHashMap<>();

    private record Remembered(Map<String, Map<String, Object>> stages, long until) {}

    SalesforceStages(SalesforceApi api) {
        this.api = api;
    }

    /** What a stage means beyond its name, as further fields of a record; nothing where the organisation does not tell. */
    Map<String, Object> meaning(Connection connection, @Nullable Object stage) throws SalesforceException {
        if (stage == null) {
            return Map.of();
        }
        String key = connection.id() + "\n" + connection.revision();
        Remembered known = memory.get(key);
        if (known == null || known.until() - System.nanoTime() < 0) {
            known = new Remembered(ask(connection), System.nanoTime() + MEMORY_NANOS);
            memory.put(key, known);
        }
        return known.stages().getOrDefault(SalesforceApi.text(stage), Map.of());
    }

    private Map<String, Map<String, Object>> ask(Connection connection) throws SalesforceException {
        Map<String, Map<String, Object>> stages = new HashMap<>();
        try {
            api.queryAll(
                            connection,
                            "SELECT ApiName, MasterLabel, DefaultProbability, IsClosed, IsWon FROM OpportunityStage")
                    .records()
                    .forEach(stage -> {
                        Map<String, Object> meaning = meaning(stage);
                        stages.put(SalesforceApi.text(stage.get("MasterLabel")), meaning);
                        stages.put(SalesforceApi.text(stage.get("ApiName")), meaning);
                    });
        } catch (SalesforceException e) {
            if (e.remedy() != Remedy.NONE) {
                throw e;
            }
        }
        return Map.copyOf(stages);
    }

    private static Map<String, Object> meaning(Map<String, @Nullable Object> stage) {
        Map<String, Object> meaning = new HashMap<>();
        for (String name : List.of("IsClosed", "IsWon")) {
            if (stage.get(name) instanceof Boolean said) {
                meaning.put(name, said);
            }
        }
        String label = SalesforceApi.text(stage.get("ApiName"));
        boolean own = STANDARD.read(label) instanceof Reading.Value<StageReader.StageReading> read
                && !read.value().known();
        if (stage.get("DefaultProbability") instanceof Number probability) {
            meaning.put("Probability", probability);
            if (own && !Boolean.TRUE.equals(stage.get("IsClosed"))) {
                meaning.put("pipeline_stage", stageAt(probability.doubleValue()));
                meaning.put("stage_label", SalesforceApi.text(stage.get("MasterLabel")));
            }
        }
        return Map.copyOf(meaning);
    }

    private static String stageAt(double percent) {
        if (percent < 20) {
            return "discovery";
        }
        return percent < 50 ? "qualification" : percent < 80 ? "proposal" : "negotiation";
    }
}
