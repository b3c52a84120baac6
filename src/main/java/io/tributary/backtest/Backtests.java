package io.tributary.backtest;

import io.tributary.answer.Answer;
import io.tributary.answer.ApiException;
import io.tributary.deal.FieldError;
import io.tributary.health.Backtest;
import io.tributary.health.Fit;
import io.tributary.health.HealthFacts;
import io.tributary.health.HealthProfile;
import io.tributary.health.HealthProfiles;
import io.tributary.http.Call;
import io.tributary.norms.NormsStore;
import io.tributary.tenant.TenantSettingsStore;
import io.tributary.tenant.WorkspaceId;
import io.tributary.undo.PastDeals;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Tries a profile on the decided deals of a workspace. It proposes weights that would have done better, and changes nothing. */
public final class Backtests {
    private static final String UNLESS_SAID = "14";
    private static final int MOST_DAYS = 365;

    private final PastDeals past;
    private final NormsStore norms;
    private final TenantSettingsStore settings;

    /** One at a time: it reads thousands of deals and may fit for seconds. */
    private final Semaphore turn = new Semaphore(1);

    public Backtests(PastDeals past, NormsStore norms, TenantSettingsStore settings) {
        this.past = past;
        this.norms = norms;
        this.settings = settings;
    }

    /**
     * How the score that many {@code days} before they were decided told won from lost.
     *
     * @throws ApiException 409 while another one runs in this hub
     */
    public Answer run(Call call) {
        if (!turn.tryAcquire()) {
            throw ApiException.conflict(
                    "backtest_running", "A backtest is running already; ask again when it is done.");
        }
        try {
            return test(call);
        } finally {
            turn.release();
        }
    }

    private Answer test(Call call) {
        WorkspaceId workspace = call.workspace();
        int days = days(call);
        HealthProfile profile = profile(call);
        List<Backtest.Sample> samples = past.before(workspace, Duration.ofDays(days)).stream()
                .map(deal -> new Backtest.Sample(
                        HealthFacts.of(deal.deal(), deal.at()), norms.at(workspace, deal.at()), deal.at(), deal.won()))
                .toList();
        Backtest test = Backtest.of(profile, samples);
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("status", "success");
        body.put("profile", profile.name());
        body.put("days", days);
        body.put("won", test.won());
        body.put("lost", test.lost());
        Double auc = test.auc();
        body.put("auc", auc == null ? null : BigDecimal.valueOf(auc).setScale(3, RoundingMode.HALF_UP));
        body.put("bands", test.bands().stream().map(Backtests::view).toList());
        body.put("fit", fit(profile, samples));
        return Answer.ok(body);
    }

    private static Map<String, @Nullable Object> view(Backtest.Band band) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("from", band.from());
        view.put("deals", band.deals());
        view.put("won", band.won());
        view.put("win_rate", band.winRate());
        return view;
    }

    private static @Nullable Map<String, @Nullable Object> fit(HealthProfile profile, List<Backtest.Sample> samples) {
        return Fit.of(profile, samples)
                .map(fit -> {
                    Map<String, @Nullable Object> view = new LinkedHashMap<>();
                    view.put("multipliers", fit.multipliers());
                    view.put(
                            "file",
                            profile.fitted(profile.name() + "-fitted", fit).orElse(null));
                    return view;
                })
                .orElse(null);
    }

    private HealthProfile profile(Call call) {
        String name = call.parameter("profile")
                .orElse(settings.of(call.workspace().tenant()).healthProfile());
        return HealthProfiles.byName(name)
                .orElseThrow(() -> ApiException.invalid(List.of(new FieldError(
                        "profile",
                        name,
                        "is no health profile; there are " + String.join(", ", HealthProfiles.names())))));
    }

    private static int days(Call call) {
        String asked = call.parameter("days").orElse(UNLESS_SAID);
        if (asked.matches("[0-9]{1,3}") && Integer.parseInt(asked) <= MOST_DAYS) {
            return Integer.parseInt(asked);
        }
        throw ApiException.invalid(List.of(new FieldError("days", asked, "is no number from 0 to " + MOST_DAYS)));
    }
}
