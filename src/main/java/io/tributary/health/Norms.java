package io.tributary.health;

import io.tributary.deal.Stage;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is usual in a workspace: what its own deals are measured against.
 *
 * @param daysInStage how long deals that were won stayed in each stage, the median; a stage that too few went through is
 *     missing
 * @param typicalValue the median value of the active deals in the tenant's currency; null when there are too few
 */
public record Norms(
        Map<Stage, Duration> daysInStage, @Nullable BigDecimal typicalValue) {
    /** Of a workspace that has no history yet. */
    public static final Norms NONE = new Norms(Map.of(), null);

    public Norms {
        EnumMap<Stage, Duration> copy = new EnumMap<>(Stage.class);
        copy.putAll(daysInStage);
        daysInStage = Map.copyOf(copy);
    }

    Optional<Duration> timeIn(Stage stage) {
        return Optional.ofNullable(daysInStage.get(stage)).filter(time -> !time.isNegative() && !time.isZero());
    }
}
