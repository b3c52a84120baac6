package io.tributary.lead;

import io.tributary.mail.FreeMail;
import io.tributary.mapping.CompanySize;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How well a lead is qualified, from what is recorded of him alone: every lead starts at 30, each fact adds or takes what
 * it says for itself, and the sum is kept within 0 to 100. Spam scores 0. Pure: no model has a part in it, and nothing a
 * lead writes in his own words moves it but what he says he is.
 *
 * @param score 0 to 100
 * @param reasons what moved it, the most first
 * @param summary the same in a sentence, without anything that the lead has written
 */
record LeadScore(int score, List<Reason> reasons, String summary) {
    private static final int BASE = 30;
    private static final int WELL = 70;
    private static final int PARTLY = 40;

    private static final Set<String> SHARED_ADDRESSES = Set.of(
            "info",
            "sales",
            "office",
            "contact",
            "hello",
            "admin",
            "support",
            "mail",
            "team",
            "kontakt",
            "service",
            "enquiries",
            "inquiries",
            "help",
            "marketing",
            "billing",
            "accounts");

    private static final List<String> ROLES = List.of("job_title", "jobtitle", "title", "role", "position");
    private static final Pattern DECIDES = Pattern.compile(
            "(?i)\\b(chief|c[eftmio]o|cmo|founder|owner|president|partner|vp|vice president|head|director|managing)\\b");

    /**
     * One fact's part in a score.
     *
     * @param points what it adds or, when negative, takes away
     * @param reason the fact, as the rest of a list
     * @param evidence the lead's fields that it rests on
     */
    record Reason(String factor, int points, String reason, List<String> evidence) {
        Map<String, @Nullable Object> view() {
            Map<String, @Nullable Object> view = new LinkedHashMap<>();
            view.put("factor", factor);
            view.put("points", points);
            view.put("reason", reason);
            view.put("evidence", evidence);
            return view;
        }
    }

    static LeadScore of(Lead lead) {
        if (lead.isSpam()) {
            Reason spam = new Reason(
                    "spam",
                    -BASE,
                    "taken for spam: " + String.join(", ", lead.spamReasons),
                    List.of("is_spam", "spam_reasons"));
            return new LeadScore(0, List.of(spam), "Not qualified: " + spam.reason() + ".");
        }
        List<Reason> reasons = new ArrayList<>();
        address(lead, reasons);
        person(lead, reasons);
        company(lead, reasons);
        role(lead, reasons);
        status(lead, reasons);
        reasons.sort((one, other) -> Integer.compare(Math.abs(other.points()), Math.abs(one.points())));
        int sum = BASE + reasons.stream().mapToInt(Reason::points).sum();
        int score = Math.max(0, Math.min(100, sum));
        return new LeadScore(score, List.copyOf(reasons), summary(score, reasons));
    }

    private static void address(Lead lead, List<Reason> reasons) {
        int at = lead.email().lastIndexOf('@');
        boolean free = FreeMail.is(lead.email().substring(at + 1));
        add(
                reasons,
                "address",
                free ? -5 : 20,
                free ? "an address of a free mail service" : "an address of a company's own domain",
                "email");
        if (SHARED_ADDRESSES.contains(lead.email().substring(0, Math.max(0, at)).toLowerCase(Locale.ROOT))) {
            add(reasons, "shared_address", -10, "an address that several people read", "email");
        }
    }

    private static void person(Lead lead, List<Reason> reasons) {
        if (lead.firstName != null || lead.lastName != null) {
            boolean whole = lead.firstName != null && lead.lastName != null;
            add(reasons, "name", whole ? 8 : 4, whole ? "a full name" : "part of a name", "first_name", "last_name");
        }
        if (lead.phone != null) {
            add(reasons, "phone", 7, "a phone number", "phone");
        }
    }

    private static void company(Lead lead, List<Reason> reasons) {
        if (lead.company != null) {
            add(reasons, "company", 10, "a named company", "company");
        }
        Optional<CompanySize> size = LeadFacts.size(lead);
        size.ifPresent(known -> {
            int points = known.least() > 200 ? 15 : known.least() > 50 ? 10 : known.least() > 10 ? 5 : 0;
            add(reasons, "company_size", points, "a company of " + known.least() + " people or more", "facts");
        });
    }

    private static void role(Lead lead, List<Reason> reasons) {
        ROLES.stream()
                .map(lead.metadata::get)
                .filter(value -> value instanceof String text && !text.isBlank())
                .findFirst()
                .ifPresent(role -> {
                    boolean decides = DECIDES.matcher((String) role).find();
                    add(
                            reasons,
                            "role",
                            decides ? 12 : 3,
                            decides ? "a role that decides" : "a role that is named",
                            "metadata");
                });
    }

    private static void status(Lead lead, List<Reason> reasons) {
        switch (lead.status) {
            case "qualified" -> add(reasons, "status", 15, "found qualified by a person or a source", "status");
            case "converted" -> add(reasons, "status", 20, "converted already", "status");
            case "contacted" -> add(reasons, "status", 5, "in contact", "status");
            case "disqualified" -> add(reasons, "status", -60, "disqualified", "status");
            default -> {
                // A new lead's status says nothing of him.
            }
        }
    }

    private static void add(List<Reason> reasons, String factor, int points, String reason, String... evidence) {
        if (points != 0) {
            reasons.add(new Reason(factor, points, reason, List.of(evidence)));
        }
    }

    private static String summary(int score, List<Reason> reasons) {
        String level = score >= WELL ? "Well qualified" : score >= PARTLY ? "Partly qualified" : "Poorly qualified";
        String speaksFor = list(reasons, 1);
        String against = list(reasons, -1);
        return level + (speaksFor.isEmpty() ? "" : ": " + speaksFor)
                + (against.isEmpty() ? "" : (speaksFor.isEmpty() ? ": " : "; but ") + against) + ".";
    }

    private static String list(List<Reason> reasons, int sign) {
        return reasons.stream()
                .filter(reason -> Integer.signum(reason.points()) == sign)
                .map(Reason::reason)
                .collect(Collectors.joining(", "));
    }

    List<Map<String, @Nullable Object>> views() {
        return reasons.stream().map(Reason::view).toList();
    }
}
