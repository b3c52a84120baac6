package io.tributary.identity;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Company names reduced to what decides whether two of them are the same, with the legal form set aside. */
public final class CompanyNames {

    private static final LegalForms FORMS = LegalForms.builtIn();

    /** What people write where a form wants a company and there is none; two of them are not one company. */
    private static final Set<String> PLACEHOLDERS = Set.of(
            "n/a", "n.a.", "#n/a", "none", "null", "nil", "unknown", "tbd", "tba", "not available", "not applicable");

    private static final String PLACEHOLDER_SIGNS = "-–—._?*/";
    private static final int LONGEST_PLACEHOLDER = 14;

    private CompanyNames() {}

    /**
     * A company name after folding.
     *
     * @param stem the name without case, accents, space, punctuation, legal form, a leading "the" and an inner "and"
     * @param legalForm the class of its legal form, null when the name shows none
     */
    public record Folded(String stem, @Nullable String legalForm) {}

    /**
     * The folded name; null when the company is null, blank or a placeholder such as "n/a" or "-". A name that is
     * nothing but a legal form ("GmbH"), or nothing but symbols, stays itself.
     *
     * <p>"Inc." and "Corp." are two legal forms here, although both are corporations by law: Acme Inc. and Acme Corp.
     * may exist side by side, and a wrong match costs more than a missed one. "Company" counts as a form of its own.
     */
    public static @Nullable Folded fold(@Nullable String company) {
        if (company == null || placeholder(company)) {
            return null;
        }
        FoldedText text = FoldedText.ofCompany(company);
        if (text.isEmpty()) {
            String symbols = UnicodeLetters.symbolsOf(company);
            return symbols == null ? null : new Folded(symbols, null);
        }
        LegalForms.Parts parts = FORMS.split(text);
        return new Folded(text.substring(parts.begin(), parts.end()), parts.form());
    }

    /** The words of a company's name in Latin letters, its legal form and a leading "the" set aside. */
    static List<String> words(String company) {
        FoldedText text = FoldedText.ofCompany(company);
        LegalForms.Parts parts = FORMS.split(text);
        return Words.between(text, parts.begin(), parts.end());
    }

    private static boolean placeholder(String company) {
        String trimmed = company.strip();
        boolean shortEnough = trimmed.length() <= LONGEST_PLACEHOLDER;
        boolean listed = shortEnough && PLACEHOLDERS.contains(trimmed.toLowerCase(Locale.ROOT));
        return listed || onlyPlaceholderSigns(trimmed);
    }

    private static boolean onlyPlaceholderSigns(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (PLACEHOLDER_SIGNS.indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }
}
