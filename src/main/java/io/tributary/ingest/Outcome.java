package io.tributary.ingest;

import io.tributary.answer.ApiException;
import io.tributary.deal.Deal;
import io.tributary.deal.DealField;
import io.tributary.deal.DealView;
import io.tributary.deal.FieldError;
import io.tributary.deal.Warning;
import io.tributary.health.Health;
import io.tributary.json.Json;
import io.tributary.lead.LeadView;
import io.tributary.mapping.Normalised;
import io.tributary.metrics.Standing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The answer to a record that was handed in alone: its status and its body. */
public record Outcome(
        int status,
        Map<String, @Nullable Object> body,
        @Nullable String replayed) {

    Outcome(int status, Map<String, @Nullable Object> body) {
        this(status, body, null);
    }

    /** An answer that was given before, word for word. */
    static Outcome replay(int status, String answer) {
        return new Outcome(status, Map.of(), answer);
    }

    /** What became of {@code entry}, as its caller is told. */
    static Outcome of(Batch batch, Entry entry) {
        if (entry.refusal() != null) {
            ApiException refusal = entry.refusal();
            return new Outcome(
                    refusal.status(), refusal.body(null, entry.sender().requestId()));
        }
        if (entry.answer() != null) {
            return entry.answer().get();
        }
        return entry.action() == Action.REJECTED ? refused(batch, entry) : taken(batch, entry);
    }

    /** The same answer with one more entry; an answer given before stays as it was. */
    public Outcome with(String name, Object value) {
        if (replayed != null) {
            return this;
        }
        Map<String, @Nullable Object> more = new LinkedHashMap<>(body);
        more.put(name, value);
        return new Outcome(status, more);
    }

    /**
     * What became of one row of many, and what the deal says now.
     *
     * @param since an id made before the first row; a deal made later came of a row before, and has no id to be told
     */
    public static Map<String, @Nullable Object> row(Entry entry, UUID since) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("row", entry.row());
        view.put("action", entry.action().code());
        view.put("matched_by", entry.matchedBy());
        Deal deal = entry.action() == Action.REJECTED ? null : entry.result();
        if (deal != null) {
            view.put(
                    "deal_id", deal.id().compareTo(since) > 0 ? null : deal.id().toString());
            view.put("name", deal.name());
            view.put("company", deal.company());
            view.put("value", deal.value());
            view.put("currency", deal.currency());
            view.put("stage", deal.stage().code());
            view.put("probability", deal.probability());
            view.put(
                    "expected_close_date",
                    deal.expectedCloseDate() == null
                            ? null
                            : deal.expectedCloseDate().toString());
            view.put("contact_email", deal.text(DealField.CONTACT_EMAIL));
        }
        view.put("errors", entry.errors().stream().map(Outcome::error).toList());
        view.put("warnings", entry.warnings().stream().map(Outcome::warning).toList());
        return view;
    }

    /** The answer as JSON. */
    public String text() {
        return replayed == null ? Json.write(body) : replayed;
    }

    private static Outcome taken(Batch batch, Entry entry) {
        Deal deal = entry.result();
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("status", "success");
        body.put("source", batch.source());
        if (entry.sender().publicForm()) {
            // Whoever fills in a public form must not learn who else did.
            return new Outcome(201, body);
        }
        body.put("action", entry.action().code());
        body.put("matched_by", entry.matchedBy());
        body.put(
                "deal",
                deal == null
                        ? null
                        : DealView.of(
                                deal,
                                batch.workspace().tenant(),
                                batch.workspace().workspace()));
        body.put("lead", entry.lead() == null ? null : LeadView.of(entry.lead()));
        body.put("health", entry.health() == null ? null : health(entry.health()));
        body.put("metrics", metrics(entry.standing()));
        Map<String, @Nullable Object> insights = new LinkedHashMap<>();
        insights.put("status", "pending");
        insights.put("items", List.of());
        body.put("insights", insights);
        body.put(
                "possible_duplicates",
                deal == null ? List.of() : batch.likeness().listedFor(deal.id()));
        body.put("warnings", entry.warnings().stream().map(Outcome::warning).toList());
        return new Outcome(entry.action() == Action.CREATED ? 201 : 200, body);
    }

    private static Outcome refused(Batch batch, Entry entry) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        List<FieldError> errors = entry.errors();
        body.put("status", "error");
        body.put("error", sentence(entry));
        body.put("source", batch.source());
        body.put("code", entry.refusalCode());
        body.put("details", errors.stream().map(Outcome::error).toList());
        body.put("request_id", entry.sender().requestId());
        if (entry.rejectedId() != null) {
            body.put("rejected_id", entry.rejectedId().toString());
        }
        return new Outcome(422, body);
    }

    private static String sentence(Entry entry) {
        List<FieldError> errors = entry.errors();
        if (errors.size() != 1) {
            return errors.size() + " fields cannot be taken; details names each.";
        }
        boolean invalid = entry.refusalCode().equals(Normalised.Refused.INVALID);
        return (invalid ? "The field " : "The ") + errors.get(0).field() + " "
                + errors.get(0).error() + ".";
    }

    /** A health score as the API shows it. */
    public static Map<String, @Nullable Object> health(Health health) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("score", health.score());
        view.put("risk_level", health.riskLevel());
        view.put("profile", health.profile());
        view.put("base", health.base());
        view.put(
                "contributions",
                health.contributions().stream()
                        .map(part -> {
                            Map<String, @Nullable Object> contribution = new LinkedHashMap<>();
                            contribution.put("factor", part.factor());
                            contribution.put("points", part.points());
                            contribution.put("reason", part.reason());
                            contribution.put("evidence", part.evidence());
                            return contribution;
                        })
                        .toList());
        view.put("confidence", health.confidence());
        view.put("unknown", health.unknown());
        view.put(
                "improvements",
                health.improvements().stream()
                        .map(part -> {
                            Map<String, @Nullable Object> improvement = new LinkedHashMap<>();
                            improvement.put("factor", part.factor());
                            improvement.put("points", part.points());
                            improvement.put("advice", part.advice());
                            return improvement;
                        })
                        .toList());
        return view;
    }

    /** A deal's place among the active ones as the API shows it; null where it has none. */
    public static Map<String, @Nullable Object> metrics(@Nullable Standing standing) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("percentile", standing == null ? null : standing.percentile());
        view.put("value_rank", standing == null ? null : standing.valueRank());
        view.put("total_active_deals", standing == null ? null : standing.totalActive());
        return view;
    }

    static Map<String, @Nullable Object> error(FieldError error) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("field", error.field());
        view.put("value", error.value());
        view.put("error", error.error());
        return view;
    }

    static Map<String, @Nullable Object> warning(Warning warning) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("field", warning.field());
        view.put("message", warning.message());
        return view;
    }
}
