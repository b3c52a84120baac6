package io.tributary.lead;

import io.tributary.deal.Times;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A lead as the API shows it. */
public final class LeadView {
    private LeadView() {}

    public static Map<String, @Nullable Object> of(Lead lead) {
        LeadScore score = LeadScore.of(lead);
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("id", lead.id().toString());
        view.put("email", lead.email());
        view.put("first_name", lead.firstName);
        view.put("last_name", lead.lastName);
        view.put("company", lead.company);
        view.put("phone", lead.phone);
        view.put("source", lead.source());
        view.put("status", lead.status);
        view.put("is_spam", lead.isSpam());
        view.put("spam_reasons", lead.spamReasons);
        view.put("ai_score", score.score());
        view.put("ai_qualification_summary", score.summary());
        view.put("ai_score_reasons", score.views());
        view.put("facts", LeadFacts.of(lead));
        view.put("metadata", lead.metadata);
        view.put("created_at", Times.text(lead.createdAt()));
        view.put("updated_at", Times.text(lead.updatedAt));
        return view;
    }
}
