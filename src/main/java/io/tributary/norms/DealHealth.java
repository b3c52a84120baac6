package io.tributary.norms;

import io.tributary.deal.Deal;
import io.tributary.health.Health;
import io.tributary.health.HealthFacts;
import io.tributary.health.HealthProfile;
import io.tributary.health.HealthProfiles;
import io.tributary.tenant.TenantSettingsStore;
import io.tributary.tenant.WorkspaceId;

/** The health of stored deals with its reasons, as it was when they were scored. */
public final class DealHealth {
    private final TenantSettingsStore settings;
    private final NormsStore norms;

    public DealHealth(TenantSettingsStore settings, NormsStore norms) {
        this.settings = settings;
        this.norms = norms;
    }

    /** Why a deal has the score that is stored. */
    public Health of(WorkspaceId workspace, Deal deal) {
        HealthProfile profile =
                HealthProfiles.chosen(settings.of(workspace.tenant()).healthProfile());
        return profile.score(HealthFacts.of(deal, deal.scoredAt), norms.at(workspace, deal.scoredAt), deal.scoredAt);
    }
}
