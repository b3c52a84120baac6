package io.tributary.identity;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A deal as it is compared with others that may be the same one. Nothing is merged by what this says; a person decides.
 * The weights were chosen on pairs of company names labelled by hand, so that of ten pairs offered eight are right.
 */
public final class DealLikeness {
    /** Below this two companies, or two deal names, have too little in common. */
    private static final double ALIKE = 0.6;

    private static final double SAME_CONTACT = 0.9;
    private static final double SAME_DOMAIN = 0.8;
    private static final double NOBODY_KNOWN = 0.4;

    private final NameLikeness name;
    private final @Nullable CompanyLikeness company;
    private final @Nullable Contact contact;
    private final @Nullable BigDecimal value;
    private final String currency;
    private final @Nullable LocalDate closeDate;

    /** That two deals may be one: how sure that is, from 0 to 1, and why, in words. */
    public record Resemblance(BigDecimal score, String why) {}

    /** How alike the parties of two deals are, and in what. */
    private record Who(double score, @Nullable String why) {}

    private DealLikeness(
            NameLikeness name,
            @Nullable CompanyLikeness company,
            @Nullable Contact contact,
            @Nullable BigDecimal value,
            String currency,
            @Nullable LocalDate closeDate) {
        this.name = name;
        this.company = company;
        this.contact = contact;
        this.value = value;
        this.currency = currency;
        this.closeDate = closeDate;
    }

    /**
     * A deal of these facts.
     *
     * @param statedValue the value that somebody stated; null for an estimate, which says nothing of the deal itself
     */
    public static DealLikeness of(
            String name,
            @Nullable String company,
            @Nullable String contactEmail,
            @Nullable BigDecimal statedValue,
            String currency,
            @Nullable LocalDate closeDate) {
        CompanyLikeness compared = CompanyLikeness.of(company);
        return new DealLikeness(
                NameLikeness.of(name, compared == null ? List.of() : compared.words()),
                compared,
                Contact.of(contactEmail),
                statedValue,
                currency,
                closeDate);
    }

    /**
     * What deals that may be the same share at least one of: the words of the name, the sound of the company's own word,
     * the contact's address. As hashes, for an index.
     */
    public Set<Long> keys() {
        Set<Long> keys = new LinkedHashSet<>();
        keys.add(hash("name " + name.signature()));
        if (company != null) {
            keys.add(hash("company " + sound(company)));
        }
        if (contact != null) {
            keys.add(hash("contact " + contact.email()));
        }
        return keys;
    }

    private static String sound(CompanyLikeness company) {
        return company.words().stream()
                .filter(CommonWords::isOwn)
                .max(Comparator.comparingInt(String::length).thenComparing(Comparator.reverseOrder()))
                .map(Words::skeleton)
                .orElseGet(company::stem);
    }

    /** Whether the two deals may be one; empty when they have too little in common. */
    public Optional<Resemblance> compare(DealLikeness other) {
        if (name.contradicts(other.name)) {
            return Optional.empty();
        }
        NameLikeness.Verdict names = name.compare(other.name);
        boolean sameValue = value != null
                && value.signum() > 0
                && other.value != null
                && value.compareTo(other.value) == 0
                && currency.equals(other.currency);
        boolean sameDate = closeDate != null && closeDate.equals(other.closeDate);
        if (names.score() < ALIKE && !(sameValue && sameDate)) {
            return Optional.empty();
        }
        Who who = who(other);
        List<String> why = new ArrayList<>();
        double score;
        if (who.score >= ALIKE && names.score() >= ALIKE) {
            score = 0.55 * who.score + 0.45 * names.score();
            why.add(names.why());
        } else if (who.score >= SAME_CONTACT && sameValue && sameDate) {
            // A deal that somebody named anew.
            score = 0.65 * who.score;
            why.add("other deal names");
        } else if (who.score == NOBODY_KNOWN && names.score() == 1 && (sameValue || sameDate)) {
            score = 0.6;
            why.add(names.why());
        } else {
            return Optional.empty();
        }
        if (who.why != null) {
            why.add(who.why);
        }
        if (sameValue) {
            score += 0.02;
            why.add("the same value");
        }
        if (sameDate) {
            score += 0.02;
            why.add("the same close date");
        }
        if (farApart(other)) {
            score -= 0.05;
            why.add("values far apart");
        }
        return Optional.of(new Resemblance(rounded(score), sentence(why)));
    }

    private Who who(DealLikeness other) {
        boolean sameContact =
                contact != null && other.contact != null && contact.email().equals(other.contact.email());
        boolean sameDomain = contact != null
                && other.contact != null
                && contact.domain() != null
                && contact.domain().equals(other.contact.domain());
        if (company != null && other.company != null) {
            CompanyLikeness.Verdict companies = company.compare(other.company);
            double support = sameContact ? 0.3 : sameDomain ? 0.15 : 0;
            double score = Math.max(companies.score(), Math.min(0.75, companies.score() + support));
            String contacts = sameContact ? "the same contact" : sameDomain ? "contacts of one domain" : null;
            return new Who(score, contacts == null ? companies.why() : companies.why() + ", " + contacts);
        }
        if (sameContact) {
            return new Who(SAME_CONTACT, "the same contact");
        }
        return sameDomain ? new Who(SAME_DOMAIN, "contacts of one domain") : new Who(NOBODY_KNOWN, null);
    }

    private boolean farApart(DealLikeness other) {
        if (value == null || other.value == null || !currency.equals(other.currency)) {
            return false;
        }
        BigDecimal less = value.min(other.value);
        return less.signum() > 0 && value.max(other.value).compareTo(less.multiply(BigDecimal.TEN)) > 0;
    }

    private static BigDecimal rounded(double score) {
        return BigDecimal.valueOf(Math.min(1, Math.max(0.01, score))).setScale(2, RoundingMode.HALF_UP);
    }

    private static String sentence(List<String> why) {
        String all = String.join("; ", why);
        return all.substring(0, 1).toUpperCase(Locale.ROOT) + all.substring(1) + ".";
    }

    /** FNV-1a with 64 bits: the same in every process and every release, since it is stored. */
    private static long hash(String text) {
        long hash = 0xCBF29CE484222325L;
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (octet & 0xFF)) * 0x100000001B3L;
        }
        return hash;
    }
}
