package io.tributary.deal;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A deal as the API shows it. */
public final class DealView {
    private DealView() {}

    public static Map<String, @Nullable Object> of(Deal deal, String tenant, String workspace) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>(40);
        view.put("id", deal.id().toString());
        view.put("tenant_id", tenant);
        view.put("workspace_id", workspace);
        view.put("external_id", deal.externalId);
        view.put("name", deal.name());
        view.put("company", deal.company());
        view.put("value", deal.value());
        view.put("currency", deal.currency());
        view.put("value_estimated", deal.valueEstimated());
        view.put("stage", deal.stage().code());
        view.put("probability", deal.probability());
        view.put("source", deal.origin().source());
        view.put("expected_close_date", text(deal.expectedCloseDate()));
        view.put("contact_email", deal.text(DealField.CONTACT_EMAIL));
        view.put("contact_name", deal.text(DealField.CONTACT_NAME));
        view.put("description", deal.text(DealField.DESCRIPTION));
        view.put("lead_id", text(deal.leadId));
        view.put("owner", deal.owner);
        view.put("health_score", deal.healthScore);
        view.put("risk_level", deal.riskLevel);
        view.put("is_spam", deal.spam);
        view.put("archived_at", Times.text(deal.archivedAt));
        view.put("source_metadata", deal.metadata());
        view.put("created_at", Times.text(deal.origin().at()));
        view.put("updated_at", Times.text(deal.updatedAt));
        view.put("stage_entered_at", Times.text(deal.stageEnteredAt));
        view.put("last_engagement_at", Times.text(deal.lastEngagementAt));
        return view;
    }

    /** What an event tells of a deal: enough to show it in a list without asking for it. */
    public static Map<String, @Nullable Object> summary(Deal deal) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>(20);
        view.put("id", deal.id().toString());
        view.put("external_id", deal.externalId);
        view.put("name", deal.name());
        view.put("company", deal.company());
        view.put("value", deal.value());
        view.put("currency", deal.currency());
        view.put("value_estimated", deal.valueEstimated());
        view.put("stage", deal.stage().code());
        view.put("probability", deal.probability());
        view.put("source", deal.origin().source());
        view.put("expected_close_date", text(deal.expectedCloseDate()));
        view.put("contact_email", deal.text(DealField.CONTACT_EMAIL));
        view.put("contact_name", deal.text(DealField.CONTACT_NAME));
        view.put("lead_id", text(deal.leadId));
        view.put("owner", deal.owner);
        view.put("health_score", deal.healthScore);
        view.put("risk_level", deal.riskLevel);
        view.put("created_at", Times.text(deal.origin().at()));
        view.put("updated_at", Times.text(deal.updatedAt));
        view.put("stage_entered_at", Times.text(deal.stageEnteredAt));
        view.put("last_engagement_at", Times.text(deal.lastEngagementAt));
        return view;
    }

    /** An origin as history keeps it and the API shows it. */
    public static Map<String, @Nullable Object> origin(FieldOrigin origin) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("source", origin.source());
        view.put("actor", origin.actor());
        view.put("import_id", text(origin.importId()));
        view.put("row", origin.importRow());
        view.put("at", Times.text(origin.at()));
        view.put("source_updated_at", Times.text(origin.sourceUpdatedAt()));
        return view;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
