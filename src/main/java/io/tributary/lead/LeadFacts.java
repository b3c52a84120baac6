package io.tributary.lead;

import io.tributary.mail.FreeMail;
import io.tributary.mapping.CompanySize;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What follows from what a lead has said, without asking anybody. */
final class LeadFacts {
    private static final String SIZE = "company_size";

    private LeadFacts() {}

    /**
     * {@code domain}, the registered domain of the address; {@code free_mail}, whether anybody gets an address there, so
     * that it says nothing of a company; {@code company_size}, {@code least} and {@code most} heads, null when not told.
     */
    static Map<String, @Nullable Object> of(Lead lead) {
        String domain = lead.email().substring(lead.email().lastIndexOf('@') + 1);
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("domain", FreeMail.registered(domain));
        facts.put("free_mail", FreeMail.is(domain));
        facts.put(SIZE, size(lead).map(LeadFacts::view).orElse(null));
        return facts;
    }

    /** How large the lead's company is; empty when nobody has told. */
    static Optional<CompanySize> size(Lead lead) {
        return CompanySize.of(told(lead));
    }

    /** What the lead has said goes before what an enricher says. */
    private static @Nullable Object told(Lead lead) {
        Object own = lead.metadata.get(SIZE);
        return own == null && lead.metadata.get("enrichment") instanceof Map<?, ?> enriched ? enriched.get(SIZE) : own;
    }

    private static Map<String, @Nullable Object> view(CompanySize size) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("least", size.least());
        view.put("most", size.most());
        return view;
    }
}
