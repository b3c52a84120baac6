package io.tributary.pipeline;

import io.tributary.answer.Answer;
import io.tributary.answer.ApiException;
import io.tributary.deal.FieldError;
import io.tributary.http.Call;
import io.tributary.norms.DealHealth;
import io.tributary.tenant.TenantDatabase;
import io.tributary.tenant.WorkspaceId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a day begins with, beside the metrics: what came in, what is at risk, and which deals need a person. */
public final class Overview {
    /** A week. */
    private static final String UNLESS_SAID = "168";

    /** Thirty days. */
    private static final int AT_MOST = 720;

    /** A day in the tenant's time zone may have begun that many hours ago. */
    private static final int AT_LEAST = 25;

    private final TenantDatabase database;
    private final DealHealth healths;

    public Overview(TenantDatabase database, DealHealth healths) {
        this.database = database;
        this.healths = healths;
    }

    /** The overview over the last {@code hours}, with {@code limit} deals. */
    public Answer read(Call call) {
        WorkspaceId workspace = call.workspace();
        int hours = hours(call);
        return database.read(workspace.tenant(), client -> {
            Trends trends = Trends.of(client, workspace, hours);
            Map<String, @Nullable Object> body = new LinkedHashMap<>();
            body.put("status", "success");
            body.put("today", trends.today());
            body.put("value_at_risk", Attention.sum(client, workspace));
            body.put("attention", Attention.first(client, workspace, healths, call.limit()));
            body.put("hours", trends.hours());
            return Answer.ok(body);
        });
    }

    private static int hours(Call call) {
        String asked = call.parameter("hours").orElse(UNLESS_SAID);
        if (asked.matches("[0-9]{1,4}") && Integer.parseInt(asked) >= AT_LEAST) {
            return Math.min(Integer.parseInt(asked), AT_MOST);
        }
        throw ApiException.invalid(
                List.of(new FieldError("hours", asked, "is no number from " + AT_LEAST + " to " + AT_MOST)));
    }
}
