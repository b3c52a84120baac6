package io.tributary.hubspot;

import io.tributary.deal.FieldError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One event of a webhook. It says that something happened to an object, not how the object is now.
 *
 * @param portal the account's id; empty where the event does not say
 * @param object {@code deal}, {@code contact}, {@code company}, or the type's id where it is none of these
 * @param kind for example {@code creation}, {@code propertyChange}, {@code deletion}, {@code merge},
 *     {@code associationChange}, {@code restore} or {@code privacyDeletion}
 * @param objectIds the objects it happened to: one; of a merge first the one that stays, then those that go
 * @param newObjectId of a merge, the object that both became, where that is another one
 * @param otherObjectId of a change of association, what the object was associated with or parted from
 * @param eventId HubSpot's own number; not unique by itself
 * @param occurredAt when it happened
 */
public record HubSpotEvent(
        String portal,
        String object,
        String kind,
        List<String> objectIds,
        @Nullable String newObjectId,
        @Nullable String otherObjectId,
        String eventId,
        Instant occurredAt) {

    private static final Map<String, String> OBJECTS = Map.of("0-1", "contact", "0-2", "company", "0-3", "deal");
    private static final long LATEST = Instant.parse("9999-12-31T23:59:59Z").toEpochMilli();

    public HubSpotEvent {
        objectIds = List.copyOf(objectIds);
    }

    /** By what a second delivery of the same event is known; the number of the attempt is no part of it. */
    public String key() {
        return String.join(
                "|",
                portal,
                object,
                kind,
                objectIds.get(0),
                eventId,
                Long.toString(occurredAt.toEpochMilli()),
                otherObjectId == null ? "" : otherObjectId);
    }

    /** Whether it happened to a deal. */
    public boolean isOfDeal() {
        return object.equals("deal");
    }

    /**
     * Reads one element of a webhook's array.
     *
     * @param faults receives what is wrong with an element that is no event
     */
    public static Optional<HubSpotEvent> read(@Nullable Object element, List<FieldError> faults) {
        if (!(element instanceof Map<?, ?> event)) {
            faults.add(new FieldError("event", null, "is no JSON object"));
            return Optional.empty();
        }
        String type = text(event, "subscriptionType")
                .or(() -> text(event, "eventType"))
                .orElse("");
        int dot = type.indexOf('.');
        List<String> ids = objectIds(event);
        String portal = text(event, "portalId").orElse("");
        Instant occurredAt = time(event.get("occurredAt"));
        if (dot <= 0 || dot == type.length() - 1) {
            faults.add(new FieldError("subscriptionType", type, "names no event, such as deal.creation"));
        }
        if (ids.isEmpty()) {
            faults.add(new FieldError("objectId", null, "is required"));
        }
        if (occurredAt == null) {
            faults.add(new FieldError("occurredAt", null, "is no time in milliseconds"));
        }
        if (!faults.isEmpty() || occurredAt == null) {
            return Optional.empty();
        }
        return Optional.of(new HubSpotEvent(
                portal,
                object(type.substring(0, dot), text(event, "objectTypeId").orElse("")),
                type.substring(dot + 1),
                ids,
                text(event, "newObjectId").orElse(null),
                text(event, "toObjectId").orElse(null),
                text(event, "eventId").orElse(""),
                occurredAt));
    }

    private static String object(String classic, String typeId) {
        String name = classic.toLowerCase(Locale.ROOT);
        return name.equals("object") ? OBJECTS.getOrDefault(typeId, typeId) : name;
    }

    private static List<String> objectIds(Map<?, ?> event) {
        List<String> ids = new ArrayList<>();
        text(event, "primaryObjectId").ifPresent(ids::add);
        if (event.get("mergedObjectIds") instanceof List<?> merged) {
            merged.forEach(id -> number(id).ifPresent(ids::add));
        }
        text(event, "objectId").filter(id -> !ids.contains(id)).ifPresent(ids::add);
        if (ids.isEmpty()) {
            text(event, "fromObjectId").ifPresent(ids::add);
        }
        return ids;
    }

    private static Optional<String> text(Map<?, ?> event, String name) {
        return number(event.get(name));
    }

    private static Optional<String> number(@Nullable Object value) {
        return value instanceof Number || value instanceof String
                ? Optional.of(String.valueOf(value).strip()).filter(text -> !text.isEmpty() && text.length() <= 100)
                : Optional.empty();
    }

    private static @Nullable Instant time(@Nullable Object value) {
        try {
            long milliseconds = Long.parseLong(String.valueOf(value));
            return milliseconds < 0 || milliseconds > LATEST ? null : Instant.ofEpochMilli(milliseconds);
        } catch (NumberFormatException noNumber) {
            return null;
        }
    }
}
