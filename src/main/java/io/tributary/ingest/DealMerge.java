package io.tributary.ingest;

import io.tributary.deal.Deal;
import io.tributary.deal.DealField;
import io.tributary.deal.FieldOrigin;
import io.tributary.deal.NormalisedDeal;
import io.tributary.deal.Stage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lays what a record states over a deal that is known already, field by field, and keeps what it replaced. */
final class DealMerge {
    /** Campaign values keep their first touch; what comes later is kept beside it. */
    private static final Set<String> TOUCH = Set.of(
            "utm_source",
            "utm_medium",
            "utm_campaign",
            "utm_term",
            "utm_content",
            "utm_id",
            "gclid",
            "fbclid",
            "msclkid",
            "gbraid",
            "wbraid",
            "li_fat_id");

    /** Pages belong to the touch that led to them, when a form tells them. */
    private static final Set<String> PAGES = Set.of("page_url", "landing_page", "referrer");

    private static final String LAST_TOUCH = "last_touch";
    private static final String CONSENT = "consent";

    private final Precedence precedence;

    DealMerge(Precedence precedence) {
        this.precedence = precedence;
    }

    /**
     * Applies {@code incoming} to {@code deal}.
     *
     * @param keepSpelling whether name and company stay as stored, because they are what the deal was recognised by
     * @return what was replaced, by field; empty when nothing changed
     */
    Map<String, @Nullable Object> apply(Deal deal, NormalisedDeal incoming, FieldOrigin from, boolean keepSpelling) {
        Map<String, @Nullable Object> replaced = new LinkedHashMap<>();
        if (!keepSpelling) {
            change(deal, DealField.NAME, incoming.name(), from, incoming, replaced);
            change(deal, DealField.COMPANY, incoming.company(), from, incoming, replaced);
        } else if (deal.company() == null) {
            change(deal, DealField.COMPANY, incoming.company(), from, incoming, replaced);
        }
        applyMoney(deal, incoming, from, replaced);
        applyStage(deal, incoming, from, replaced);
        change(deal, DealField.EXPECTED_CLOSE_DATE, incoming.expectedCloseDate(), from, incoming, replaced);
        change(deal, DealField.CONTACT_EMAIL, incoming.contactEmail(), from, incoming, replaced);
        change(deal, DealField.CONTACT_NAME, incoming.contactName(), from, incoming, replaced);
        change(deal, DealField.DESCRIPTION, incoming.description(), from, incoming, replaced);
        applyMetadata(deal, incoming, from, replaced);
        return replaced;
    }

    /** A currency belongs to its value: both change, or neither does. */
    private void applyMoney(
            Deal deal, NormalisedDeal incoming, FieldOrigin from, Map<String, @Nullable Object> replaced) {
        if (incoming.value() == null) {
            if (deal.value() == null) {
                change(deal, DealField.CURRENCY, incoming.currency(), from, incoming, replaced);
            }
            return;
        }
        boolean assumed = incoming.assumed().contains(DealField.VALUE);
        if (precedence.replaces(deal, DealField.VALUE, from, assumed)) {
            FieldChange.set(deal, DealField.VALUE, incoming.value(), assumed, from, replaced);
            if (incoming.currency() != null) {
                FieldChange.set(deal, DealField.CURRENCY, incoming.currency(), false, from, replaced);
            }
        }
    }

    private void applyStage(
            Deal deal, NormalisedDeal incoming, FieldOrigin from, Map<String, @Nullable Object> replaced) {
        Stage before = deal.stage();
        boolean assumed = incoming.assumed().contains(DealField.STAGE);
        if (!assumed) {
            change(deal, DealField.STAGE, incoming.stage(), from, incoming, replaced);
        }
        if (deal.stage() != before) {
            replaced.put("stage_entered_at", deal.stageEnteredAt.toString());
            deal.stageEnteredAt = from.at();
        }
        if (!incoming.assumed().contains(DealField.PROBABILITY)) {
            change(deal, DealField.PROBABILITY, incoming.probability(), from, incoming, replaced);
        } else if (deal.stage() != before
                && (deal.stage().closed() || deal.assumed().contains(DealField.PROBABILITY))) {
            // Nobody stated this probability, or the deal is decided: it follows the stage.
            FieldChange.set(deal, DealField.PROBABILITY, incoming.probability(), true, from, replaced);
        }
    }

    private void applyMetadata(
            Deal deal, NormalisedDeal incoming, FieldOrigin from, Map<String, @Nullable Object> replaced) {
        if (incoming.metadata().isEmpty()) {
            return;
        }
        Map<String, @Nullable Object> held = deal.metadata();
        Map<String, @Nullable Object> merged = new LinkedHashMap<>(held);
        boolean onlyFills = precedence.onlyFills(deal.origin(), from);
        boolean form = from.source().equals("web_form");
        incoming.metadata().forEach((key, value) -> {
            boolean known = held.get(key) != null;
            if (known && (TOUCH.contains(key) || (form && PAGES.contains(key)))) {
                if (!Objects.equals(lastTouch(held, key), value)) {
                    merged.put(LAST_TOUCH, withTouch(merged.get(LAST_TOUCH), key, value));
                }
            } else if (known && form && key.equals(CONSENT) && value instanceof Map<?, ?> consent) {
                if (!isSameConsent(held.get(key), consent)) {
                    merged.put(key, value);
                }
            } else if (value != null && !(known && onlyFills)) {
                merged.put(key, value);
            }
        });
        if (!merged.equals(held)) {
            replaced.put("source_metadata", held);
            deal.setMetadata(merged);
        }
    }

    private static @Nullable Object lastTouch(Map<String, @Nullable Object> held, String key) {
        return held.get(LAST_TOUCH) instanceof Map<?, ?> later && later.get(key) != null
                ? later.get(key)
                : held.get(key);
    }

    /** The same consent, given again, holds since it was first given; another one always counts, a withdrawal above all. */
    private static boolean isSameConsent(@Nullable Object held, Map<?, ?> consent) {
        return held instanceof Map<?, ?> earlier
                && Objects.equals(earlier.get("text"), consent.get("text"))
                && Objects.equals(earlier.get("given"), consent.get("given"));
    }

    private static Map<String, @Nullable Object> withTouch(@Nullable Object touch, String key, @Nullable Object value) {
        Map<String, @Nullable Object> later = new LinkedHashMap<>();
        if (touch instanceof Map<?, ?> known) {
            known.forEach((name, held) -> later.put(String.valueOf(name), held));
        }
        later.put(key, value);
        return later;
    }

    private void change(
            Deal deal,
            DealField field,
            @Nullable Object value,
            FieldOrigin from,
            NormalisedDeal incoming,
            Map<String, @Nullable Object> replaced) {
        // A blank never erases.
        if (value != null
                && precedence.replaces(deal, field, from, incoming.assumed().contains(field))) {
            FieldChange.set(deal, field, value, incoming.assumed().contains(field), from, replaced);
        }
    }
}
