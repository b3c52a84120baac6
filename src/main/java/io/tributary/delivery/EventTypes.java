package io.tributary.delivery;

import io.tributary.answer.Nearest;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which types of event a target wants to be told of. */
final class EventTypes {
    static final List<String> KNOWN = List.of(
            "deal.created",
            "deal.updated",
            "deal.scored",
            "deal.merged",
            "insights.ready",
            "insights.requested",
            "metrics.updated",
            "record.rejected",
            "import.progress",
            "automation.fired",
            "source.state",
            "deal.commented",
            "task.updated");

    private EventTypes() {}

    /** The types in a comma-separated list; empty means all. */
    static Set<String> read(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(type -> !type.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** What is wrong with a comma-separated list, as the rest of a sentence; empty when nothing is. */
    static Optional<String> fault(String list) {
        return read(list).stream()
                .filter(type -> !KNOWN.contains(type))
                .findFirst()
                .map(type -> "holds \"" + type + "\", which is no type of event"
                        + Nearest.to(type, KNOWN)
                                .map(near -> "; write \"" + near + "\" if that was meant")
                                .orElse("; there is " + String.join(", ", KNOWN)));
    }
}
