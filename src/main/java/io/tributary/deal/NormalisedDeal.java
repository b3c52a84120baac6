package io.tributary.deal;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A deal as one record states it, in our terms. Null means that the source says nothing about the field, never that
 * the field is empty.
 *
 * @param name trimmed, never blank
 * @param company trimmed
 * @param value scale 2, half up, never negative
 * @param currency ISO 4217; null when neither a field, a symbol nor a code names one
 * @param stage discovery when the source names none that is known
 * @param probability percent from 0 to 100, scale 2
 * @param expectedCloseDate a day without a time zone
 * @param contactEmail one address, its domain in lower case
 * @param contactName as sent
 * @param description as sent
 * @param phone as sent
 * @param system whose external id it is
 * @param externalId the record's id in that system
 * @param sourceUpdatedAt when the source last changed the record
 * @param assumed the fields that hold a default or an estimate of the mapping and were not stated by the record
 * @param metadata what has no field of its own, in the order it was sent
 * @param contact the person behind the deal, for the lead
 */
public record NormalisedDeal(
        String name,
        @Nullable String company,
        @Nullable BigDecimal value,
        @Nullable String currency,
        Stage stage,
        BigDecimal probability,
        @Nullable LocalDate expectedCloseDate,
        @Nullable String contactEmail,
        @Nullable String contactName,
        @Nullable String description,
        @Nullable String phone,
        @Nullable String system,
        @Nullable String externalId,
        @Nullable Instant sourceUpdatedAt,
        Set<DealField> assumed,
        Map<String, @Nullable Object> metadata,
        @Nullable PersonName contact) {

    public NormalisedDeal {
        assumed = Collections.unmodifiableSet(assumed);
        metadata = Collections.unmodifiableMap(metadata);
    }
}
