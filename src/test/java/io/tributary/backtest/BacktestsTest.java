package io.tributary.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.testing.Reply;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A profile is tried on deals as they were some time before they were decided. */
@WithHub
class BacktestsTest {
    /** A deal that came 60 days ago, got its probability 40 days ago, and is decided now. */
    private static void decided(TestHub hub, Tenant tenant, String name, int probability, boolean won) {
        String deal = tenant.post("/api", Map.of("name", name, "value", 100, "stage", "proposal", "probability", 50))
                .textAt("/deal/id");
        tenant.patch("/" + deal, Map.of("probability", probability));
        hub.owner()
                .sql("update history set at = at - interval '40 days' where subject_id = :deal")
                .param("deal", UUID.fromString(deal))
                .update();
        hub.owner().sql("""
                        update deal set created_at = created_at - interval '60 days',
                            stage_entered_at = stage_entered_at - interval '60 days' where deal_id = :deal
                        """).param("deal", UUID.fromString(deal)).update();
        tenant.patch("/" + deal, Map.of("stage", won ? "closed_won" : "closed_lost"));
    }

    @Test
    void deals_are_rewound_to_before_their_decision(TestHub hub, Tenant tenant) {
        decided(hub, tenant, "Sure", 90, true);
        decided(hub, tenant, "Doubtful", 5, false);
        tenant.post("/api", Map.of("name", "Came as won", "stage", "closed_won"));

        Reply lately = tenant.get("/api/sales/deals/health/backtest?days=30");
        assertThat(lately.at("/won").asInt()).as(lately.text()).isEqualTo(1);
        assertThat(lately.at("/lost").asInt()).isEqualTo(1);
        assertThat(lately.at("/auc").asDouble()).isEqualTo(1.0);
        assertThat(lately.at("/fit").isNull()).as("too little history").isTrue();

        Reply earlier = tenant.get("/api/sales/deals/health/backtest?days=50");
        assertThat(earlier.at("/auc").asDouble())
                .as("fifty days before both had the same probability")
                .isEqualTo(0.5);
        assertThat(tenant.get("/api/sales/deals/health/backtest?days=90")
                        .at("/won")
                        .asInt())
                .as("ninety days before they had not come yet")
                .isZero();
        assertThat(tenant.get("/api/sales/deals/health/backtest?days=30&profile=atom-v1")
                        .textAt("/profile"))
                .isEqualTo("atom-v1");
    }

    @Test
    void what_is_no_number_or_profile_is_refused(Tenant tenant) {
        assertThat(tenant.get("/api/sales/deals/health/backtest?days=soon").status())
                .isEqualTo(422);
        assertThat(tenant.get("/api/sales/deals/health/backtest?profile=mine").status())
                .isEqualTo(422);
    }
}
