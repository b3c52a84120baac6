package io.tributary.command;

import io.tributary.deal.Deal;
import io.tributary.deal.DealView;
import io.tributary.deal.Times;
import io.tributary.health.Health;
import io.tributary.ingest.Command;
import io.tributary.ingest.Desk;
import io.tributary.ingest.Outcome;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Notes that somebody was in touch with a deal's customer: the latest such moment counts for its health. */
final class LogEngagement implements Command {
    private final UUID id;
    private final Engagement engagement;

    LogEngagement(UUID id, Engagement engagement) {
        this.id = id;
        this.engagement = engagement;
    }

    @Override
    public String cause() {
        return "engagement";
    }

    @Override
    public String action() {
        return "engagement.logged";
    }

    @Override
    public Set<UUID> deals() {
        return Set.of(id);
    }

    @Override
    public void run(Desk desk) {
        Deal before = desk.deal(id);
        Instant at = engagement.at() == null ? desk.now() : engagement.at();
        Deal after = before.copy();
        if (before.lastEngagementAt == null || at.isAfter(before.lastEngagementAt)) {
            after.engage(at);
            Map<String, @Nullable Object> replaced = new LinkedHashMap<>();
            replaced.put(
                    "engaged_on",
                    before.engagedOn.stream().map(LocalDate::toString).toList());
            replaced.put("last_engagement_at", Times.text(before.lastEngagementAt));
            desk.write(before, after, replaced);
            desk.tellUpdated(before, after);
        } else {
            Map<String, @Nullable Object> details = new LinkedHashMap<>();
            details.put("type", engagement.type());
            details.put("at", Times.text(at));
            desk.audit(id, details);
        }
        Supplier<Long> number = desk.log(id, engagement.type(), engagement.text(), at);
        Health health = desk.judge(after);
        desk.answer(201, () -> body(desk, after, health, at, number.get()));
    }

    private Map<String, @Nullable Object> body(Desk desk, Deal deal, Health health, Instant at, long number) {
        Map<String, @Nullable Object> activity = new LinkedHashMap<>();
        activity.put("id", Long.toString(number));
        activity.put("at", Times.text(at));
        activity.put("type", engagement.type());
        activity.put("deal_id", id.toString());
        activity.put("deal_name", deal.name());
        activity.put("source", desk.source());
        activity.put("actor", desk.sender().actor());
        activity.put("import_id", null);
        activity.put("text", engagement.text());
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("status", "success");
        body.put("activity", activity);
        body.put(
                "deal",
                DealView.of(deal, desk.workspace().tenant(), desk.workspace().workspace()));
        body.put("health", Outcome.health(health));
        return body;
    }
}
