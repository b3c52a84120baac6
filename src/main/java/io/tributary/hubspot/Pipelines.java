package io.tributary.hubspot;

import io.tributary.connection.Connection;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The stages that each account has made itself. A stage of its own that is closed is won or lost by its probability; an
 * open one stands where the standard stages of that probability do.
 */
final class Pipelines {
    private static final long MEMORY_NANOS = Duration.ofMinutes(10).toNanos();

    /** The stages of the pipeline that every account begins with; the mapping file knows them by name. */
    private static final Set<String> STANDARD = Set.of(
            "appointmentscheduled",
            "qualifiedtobuy",
            "presentationscheduled",
            "decisionmakerboughtin",
            "contractsent",
            "closedwon",
            "closedlost");

    private final HubSpotApi api;
    private final Map<String, Remembered> memory = new ConcurrentHashMap<>();

    private record Remembered(Map<String, StageFacts> stages, long until) {}

    private record StageFacts(@Nullable BigDecimal probability, boolean closed, String label) {}

    Pipelines(HubSpotApi api) {
        this.api = api;
    }

    /** Adds to a deal's {@code properties} what its stage means. */
    void explain(Connection connection, Map<String, @Nullable Object> properties) throws HubSpotException {
        String id = HubSpotApi.text(properties.get("dealstage"));
        if (id.isEmpty()) {
            return;
        }
        StageFacts stage = stages(connection, id).get(id);
        if (stage == null) {
            return;
        }
        BigDecimal probability = stage.probability();
        if (probability != null) {
            properties.putIfAbsent("hs_deal_stage_probability", probability.toPlainString());
        }
        if (!STANDARD.contains(id)) {
            properties.put("stage_label", stage.label());
            if (stage.closed()) {
                boolean won = probability != null && probability.signum() > 0;
                properties.putIfAbsent(won ? "hs_is_closed_won" : "hs_is_closed_lost", "true");
            } else if (probability != null) {
                properties.put("pipeline_stage", stageAt(probability.doubleValue()));
            }
        }
    }

    private static String stageAt(double probability) {
        if (probability < 0.3) {
            return "discovery";
        }
        return probability < 0.5 ? "qualification" : probability < 0.7 ? "proposal" : "negotiation";
    }

    private Map<String, StageFacts> stages(Connection connection, String wanted) throws HubSpotException {
        String key = connection.id() + "\n" + connection.revision();
        Remembered known = memory.get(key);
        boolean fresh = known != null && known.until() - System.nanoTime() > 0;
        if (known != null && fresh && (known.stages().containsKey(wanted) || STANDARD.contains(wanted))) {
            return known.stages();
        }
        if (known != null
                && fresh
                && known.until() - System.nanoTime()
                        > MEMORY_NANOS - Duration.ofSeconds(30).toNanos()) {
            // Asked a moment ago: a stage that is missing from the answer is not there.
            return known.stages();
        }
        Map<String, StageFacts> stages = new HashMap<>();
        for (Map<String, @Nullable Object> pipeline : api.pipelines(connection)) {
            if (pipeline.get("stages") instanceof List<?> list) {
                list.forEach(stage -> stages.put(HubSpotApi.text(HubSpotApi.at(stage, "id")), facts(stage)));
            }
        }
        memory.put(key, new Remembered(Map.copyOf(stages), System.nanoTime() + MEMORY_NANOS));
        return stages;
    }

    /** HubSpot writes numbers and truth values of a stage as text. */
    private static StageFacts facts(@Nullable Object stage) {
        BigDecimal probability = null;
        try {
            probability = new BigDecimal(HubSpotApi.text(HubSpotApi.at(stage, "metadata", "probability")));
        } catch (NumberFormatException none) {
            // A stage without a probability says nothing of where it stands.
        }
        return new StageFacts(
                probability,
                "true".equals(HubSpotApi.text(HubSpotApi.at(stage, "metadata", "isClosed"))),
                HubSpotApi.text(HubSpotApi.at(stage, "label")));
    }
}
