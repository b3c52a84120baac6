package io.tributary.insight;

import io.tributary.insight.Insight.Kind;
import io.tributary.json.Json;
import io.tributary.json.UnreadableJsonException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a chat model answers: JSON with {@code insights}, each with kind, title, text and evidence. */
final class ModelAnswer {
    private static final int LONGEST = 20_000;

    private ModelAnswer() {}

    /** The insights in an answer; empty when it has not the form that was asked for. */
    static Optional<List<Insight>> read(String answer, String model, String promptVersion) {
        if (answer.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            return Json.read(answer.getBytes(StandardCharsets.UTF_8)) instanceof Map<?, ?> map
                    ? insights(map.get("insights"), model, promptVersion)
                    : Optional.empty();
        } catch (UnreadableJsonException notWhatWasAskedFor) {
            return Optional.empty();
        }
    }

    /** Insights as they were kept; none where there are none. */
    static List<Insight> stored(@Nullable Object items, String model, String promptVersion) {
        return insights(items, model, promptVersion).orElse(List.of());
    }

    private static Optional<List<Insight>> insights(@Nullable Object items, String model, String promptVersion) {
        if (!(items instanceof List<?> list)) {
            return Optional.empty();
        }
        List<Insight> insights = new ArrayList<>();
        for (Object item : list) {
            if (!(item instanceof Map<?, ?> map)
                    || !(map.get("title") instanceof String title)
                    || !(map.get("text") instanceof String text)
                    || !(map.get("evidence") instanceof List<?> evidence)) {
                return Optional.empty();
            }
            Optional<Kind> kind = Arrays.stream(Kind.values())
                    .filter(named -> named.code().equals(map.get("kind")))
                    .findFirst();
            if (kind.isEmpty()) {
                return Optional.empty();
            }
            insights.add(new Insight(
                    kind.get(),
                    title.strip(),
                    text.strip(),
                    evidence.stream().map(String::valueOf).distinct().toList(),
                    Insight.MODEL,
                    model,
                    promptVersion));
        }
        return Optional.of(insights);
    }
}
