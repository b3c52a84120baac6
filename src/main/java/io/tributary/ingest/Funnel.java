package io.tributary.ingest;

import io.tributary.deal.FieldError;
import io.tributary.deal.NormalisedDeal;
import io.tributary.deal.Times;
import io.tributary.health.HealthProfile;
import io.tributary.health.HealthProfiles;
import io.tributary.identity.ExternalId;
import io.tributary.identity.MatchKey;
import io.tributary.lead.Lead;
import io.tributary.mapping.Normalised;
import io.tributary.mapping.ReadingContext;
import io.tributary.norms.NormsStore;
import io.tributary.tenant.TenantSettings;
import io.tributary.tenant.TenantSettingsStore;
import java.util.List;

/** The steps of the funnel that need no database: they read, decide and sort out what cannot be written. */
public final class Funnel {
    private final TenantSettingsStore settings;
    private final NormsStore norms;

    public Funnel(TenantSettingsStore settings, NormsStore norms) {
        this.settings = settings;
        this.norms = norms;
    }

    /**
     * Reads every record of the batch by its source's mapping, and finds by what each would be recognised. A batch that
     * was read ahead passes.
     */
    public void normalise(Batch batch) {
        if (batch.isRead() || batch.holdsCommands()) {
            return;
        }
        TenantSettings tenant = settings.of(batch.workspace().tenant());
        ReadingContext context =
                new ReadingContext(tenant.currency(), tenant.timeZone(), tenant.locale(), tenant.defaultValues());
        for (Entry entry : batch.entries()) {
            Normalised normalised = batch.reader().read(entry.row(), entry.content(), context);
            if (normalised instanceof Normalised.Taken taken) {
                entry.read(taken.deal(), taken.warnings());
                identify(batch, entry, taken.deal());
            } else if (normalised instanceof Normalised.Refused refused) {
                entry.refuse(refused.errors(), refused.code());
            }
        }
        batch.wasRead();
    }

    private static void identify(Batch batch, Entry entry, NormalisedDeal deal) {
        entry.matchKey = MatchKey.of(deal.name(), deal.company()).orElse(null);
        if (entry.matchKey == null) {
            entry.fallBackToContent();
        }
        if (deal.system() != null && deal.externalId() != null) {
            String id = ExternalId.canonical(deal.system(), deal.externalId());
            if (id.chars().anyMatch(Character::isISOControl)) {
                entry.refuse(List.of(new FieldError("external_id", id, "holds a control character")));
                return;
            }
            entry.externalKey = deal.system() + ":" + id;
        }
        if (deal.contactEmail() != null) {
            entry.leadId =
                    Lead.idOf(batch.workspace().tenant(), batch.workspace().workspace(), deal.contactEmail());
        }
    }

    /** Begins a try of the batch: nothing of an earlier one counts any more. */
    public void begin(Batch batch) {
        batch.startAttempt(Times.now());
    }

    /** Decides what becomes of each record, given what the database knows of them. */
    public void resolve(Batch batch) {
        TenantSettings tenant = settings.of(batch.workspace().tenant());
        HealthProfile profile = HealthProfiles.chosen(tenant.healthProfile());
        batch.resolvedTo(new Resolver(batch, batch.known(), tenant, profile, norms.at(batch.workspace(), batch.now()))
                .resolve());
    }

    /** Refuses the only record of a batch that the database would not take. */
    public void rejectCulprit(Batch batch) {
        batch.entries()
                .get(0)
                .refuse(List.of(new FieldError("record", null, "holds something that the database cannot store")));
    }
}
