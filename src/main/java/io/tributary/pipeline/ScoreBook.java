package io.tributary.pipeline;

import io.tributary.answer.Answer;
import io.tributary.event.Event;
import io.tributary.http.Call;
import io.tributary.ingest.StoredDeal;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import io.tributary.tenant.WorkspaceId;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How the health score of each deal went, kept from the event log, and what moved it each time. */
public final class ScoreBook {
    private final TenantDatabase database;

    public ScoreBook(TenantDatabase database) {
        this.database = database;
    }

    /** A score as the event log tells of it. */
    private record Scored(Event event, Map<String, @Nullable Object> data) {
        /** The first score of a deal is told only where it asks for somebody, and moves from nowhere. */
        boolean isChange() {
            return data.get("previous_score") != null;
        }

        BigDecimal number(String name) {
            return new BigDecimal(String.valueOf(data.get(name)));
        }
    }

    /** Keeps the scores among events of the workspace; those kept before are known by their sequence. */
    public void add(List<Event> events, WorkspaceId workspace) {
        List<Scored> scores = events.stream()
                .filter(Event::isWanted)
                .map(event -> new Scored(event, event.dataObject()))
                .filter(Scored::isChange)
                .toList();
        if (scores.isEmpty()) {
            return;
        }
        database.writeRepeatable(
                workspace.tenant(),
                client -> client.sql(Statements.text("add-score-changes"))
                        .param("tenant", workspace.tenant())
                        .param("workspace", workspace.workspace())
                        .param("deals", texts(scores, score -> score.event().subject()))
                        .param(
                                "sequences",
                                scores.stream()
                                        .map(score -> score.event().sequence())
                                        .toArray(Long[]::new))
                        .param("times", texts(scores, score -> score.event().at()))
                        .param(
                                "scores",
                                scores.stream()
                                        .map(score -> score.number("health_score"))
                                        .toArray(BigDecimal[]::new))
                        .param(
                                "previous_scores",
                                scores.stream()
                                        .map(score -> score.number("previous_score"))
                                        .toArray(BigDecimal[]::new))
                        .param(
                                "risk_levels",
                                texts(scores, score -> score.data().get("risk_level")))
                        .update());
    }

    private static String[] texts(List<Scored> scores, Function<Scored, @Nullable Object> part) {
        return scores.stream()
                .map(score -> Objects.requireNonNull(part.apply(score)).toString())
                .toArray(String[]::new);
    }

    /** A page of the scores a deal went through, newest first. */
    public Answer list(Call call) {
        UUID id = call.idAt(0);
        database.read(call.workspace().tenant(), client -> StoredDeal.of(client, call.workspace(), id));
        return new Page(call, "list-scores")
                .where("deal_id", id)
                .where("before", Cursor.number(call))
                .read(database, ScoreBook::view, row -> Cursor.of(row.number("sequence")));
    }

    private static Map<String, @Nullable Object> view(Row row) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("at", row.time("at"));
        view.put("score", row.columns().get("score"));
        view.put("previous_score", row.columns().get("previous_score"));
        view.put("risk_level", row.text("risk_level"));
        view.put("cause", row.text("cause") == null ? "time" : row.text("cause"));
        view.put("source", row.text("source"));
        view.put("actor", row.text("actor"));
        view.put("import_id", row.text("import_id"));
        view.put("row", row.numberOrNull("import_row"));
        view.put("fields", row.text("fields") == null ? List.of() : row.json("fields"));
        return view;
    }
}
