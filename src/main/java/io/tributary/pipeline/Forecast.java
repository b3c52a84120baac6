package io.tributary.pipeline;

import io.tributary.metrics.TallyDelta;
import io.tributary.tenant.WorkspaceId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What to expect of the active deals, by the month of their expected close date: all of it at best, each value times its
 * probability weighted, and at worst only deals at 70 percent or more. Beside it what was won in that month.
 */
final class Forecast {
    private Forecast() {}

    static Map<String, @Nullable Object> of(JdbcClient client, WorkspaceId workspace) {
        Map<String, Tally> open = new TreeMap<>();
        Map<String, Tally> won = new TreeMap<>();
        for (Tally tally : Tally.of(client, workspace, TallyDelta.CLOSE_MONTH, TallyDelta.WON_MONTH)) {
            (tally.kind().equals(TallyDelta.WON_MONTH) ? won : open).put(tally.key(), tally);
        }
        Tally unscheduled = Objects.requireNonNullElse(open.remove(""), Tally.NONE);
        Map<String, Tally> months = new TreeMap<>(won);
        months.putAll(open);
        List<Map<String, @Nullable Object>> views = new ArrayList<>();
        for (String month : months.keySet()) {
            Map<String, @Nullable Object> view = new LinkedHashMap<>();
            view.put("month", month);
            put(view, open.getOrDefault(month, Tally.NONE));
            Tally wins = won.getOrDefault(month, Tally.NONE);
            view.put("won", wins.deals());
            view.put("won_value", Tally.money(wins.value()));
            views.add(view);
        }
        Map<String, @Nullable Object> forecast = new LinkedHashMap<>();
        forecast.put("months", views);
        Map<String, @Nullable Object> undated = new LinkedHashMap<>();
        put(undated, unscheduled);
        forecast.put("unscheduled", undated);
        return forecast;
    }

    private static void put(Map<String, @Nullable Object> view, Tally tally) {
        view.put("deals", tally.deals());
        view.put("best_case", Tally.money(tally.value()));
        view.put("weighted", Tally.money(tally.weighted()));
        view.put("worst_case", Tally.money(tally.committed()));
    }
}
