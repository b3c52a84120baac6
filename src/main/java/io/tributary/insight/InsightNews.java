package io.tributary.insight;

import io.tributary.event.Event;
import io.tributary.event.EventLog;
import io.tributary.event.NewEvent;
import io.tributary.tenant.WorkspaceId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tells the workspace when there are other insights on a deal. */
public final class InsightNews {
    /** What happened when somebody asked for a fresh analysis. */
    static final String REQUESTED = "insights.requested";

    private static final String READY = "insights.ready";

    private final InsightDesk desk;
    private final EventLog log;

    public InsightNews(InsightDesk desk, EventLog log) {
        this.desk = desk;
        this.log = log;
    }

    /** Tells of the insights on every deal that the events changed in what insights rest on. */
    public void tell(WorkspaceId workspace, List<Event> events) {
        List<NewEvent> news = new ArrayList<>();
        desk.of(workspace, concerned(events)).forEach((deal, insights) -> news.add(ready(deal, insights)));
        if (!news.isEmpty()) {
            log.append(workspace, news.toArray(NewEvent[]::new));
        }
    }

    /**
     * The deals that the events concern, each once. Of an import nobody is told deal by deal: its insights are there when
     * somebody looks. A score that stays in its risk level says nothing new.
     */
    static List<UUID> concerned(List<Event> events) {
        return events.stream()
                .filter(event -> event.subject() != null)
                .filter(InsightNews::isNews)
                .map(Event::subject)
                .map(Objects::requireNonNull)
                .distinct()
                .toList();
    }

    private static boolean isNews(Event event) {
        Map<String, @Nullable Object> data = event.dataObject();
        return event.type().equals("deal.scored")
                ? !Objects.equals(data.get("risk_level"), data.get("previous_risk_level"))
                : data.get("import_id") == null;
    }

    static NewEvent ready(UUID deal, List<Insight> insights) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("deal_id", deal.toString());
        data.put("items", insights.stream().map(Insight::view).toList());
        return new NewEvent(READY, deal, data);
    }
}
