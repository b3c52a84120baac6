package io.tributary.pipeline;

import io.tributary.deal.Stage;
import io.tributary.metrics.TallyDelta;
import io.tributary.tenant.WorkspaceId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What was won and lost. A win rate is won / (won + lost), in percent. */
final class WinLoss {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final int MOST_REASONS = 100;

    private Tally won = Tally.NONE;
    private Tally lost = Tally.NONE;

    private WinLoss() {}

    static Map<String, @Nullable Object> of(JdbcClient client, WorkspaceId workspace) {
        WinLoss all = new WinLoss();
        Map<String, WinLoss> sources = new TreeMap<>();
        for (Tally tally : Tally.of(client, workspace, TallyDelta.OUTCOME)) {
            int slash = tally.key().indexOf('/');
            boolean isWon = tally.key().startsWith(Stage.CLOSED_WON.code());
            all.add(tally, isWon);
            sources.computeIfAbsent(tally.key().substring(slash + 1), first -> new WinLoss())
                    .add(tally, isWon);
        }
        Map<String, @Nullable Object> view = all.view(new LinkedHashMap<>());
        view.put(
                "sources",
                sources.entrySet().stream()
                        .map(source -> {
                            Map<String, @Nullable Object> named = new LinkedHashMap<>();
                            named.put("source", source.getKey());
                            return source.getValue().view(named);
                        })
                        .toList());
        view.put(
                "lost_reasons",
                Tally.ofReasons(client, workspace, MOST_REASONS).stream()
                        .map(WinLoss::reason)
                        .toList());
        return view;
    }

    private void add(Tally tally, boolean isWon) {
        if (isWon) {
            won = won.plus(tally);
        } else {
            lost = lost.plus(tally);
        }
    }

    private Map<String, @Nullable Object> view(Map<String, @Nullable Object> view) {
        view.put("won", won.deals());
        view.put("lost", lost.deals());
        view.put("win_rate", percent(won.deals(), won.deals() + lost.deals()));
        view.put("won_value", Tally.money(won.value()));
        view.put("lost_value", Tally.money(lost.value()));
        return view;
    }

    private static Map<String, @Nullable Object> reason(Tally tally) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("reason", tally.key().isEmpty() ? null : tally.key());
        view.put("count", tally.deals());
        view.put("value", Tally.money(tally.value()));
        return view;
    }

    /** A share in percent, two places; null of nothing. */
    static @Nullable BigDecimal percent(long part, long whole) {
        return whole == 0
                ? null
                : BigDecimal.valueOf(part).multiply(HUNDRED).divide(BigDecimal.valueOf(whole), 2, RoundingMode.HALF_UP);
    }
}
