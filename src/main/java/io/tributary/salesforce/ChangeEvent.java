package io.tributary.salesforce;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a stream tells: that records changed, were deleted or came back, or that Salesforce has lost sight of them.
 *
 * @param ids of the records; without any the event does not say which
 * @param fields the values it brings, by field; none of them null
 * @param nulled the fields that were emptied
 * @param committed when the change was committed
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.change_data_capture.meta/change_data_capture">Change
 *     Data Capture Developer Guide</a>, "Change Event Body Fields" and "Gap Events"
 */
record ChangeEvent(Type type, List<String> ids, Map<String, Object> fields, Set<String> nulled, Instant committed) {
    /** What an event means for its records. */
    enum Type {
        CREATE,
        UPDATE,
        DELETE,
        UNDELETE,
        /** Something happened that the event does not hold: the records are read anew. */
        GAP,
        /** Too much happened: everything that was changed since is read anew. */
        OVERFLOW,
        /** Of no record that is a deal. */
        OTHER
    }

    ChangeEvent {
        ids = List.copyOf(ids);
        fields = Map.copyOf(fields);
        nulled = Set.copyOf(nulled);
    }

    /** An event that cannot be read tells only that something happened. */
    static ChangeEvent unreadable() {
        return new ChangeEvent(Type.OVERFLOW, List.of(), Map.of(), Set.of(), Instant.now());
    }

    /** Of records of another kind. */
    static ChangeEvent other() {
        return new ChangeEvent(Type.OTHER, List.of(), Map.of(), Set.of(), Instant.now());
    }

    /**
     * The event whose header and fields are these.
     *
     * @param changeType as Salesforce writes it, {@code GAP_UPDATE} for example
     * @param ids of the records; a wildcard such as {@code 006*} stands for any number of them
     */
    static ChangeEvent of(
            String changeType,
            String entity,
            List<String> ids,
            Map<String, Object> fields,
            Set<String> nulled,
            Instant committed) {
        if (!entity.equals("Opportunity")) {
            return other();
        }
        boolean known = !ids.isEmpty() && ids.stream().allMatch(id -> id.matches("[0-9A-Za-z]{15}|[0-9A-Za-z]{18}"));
        Type type = switch (changeType) {
            case "CREATE" -> Type.CREATE;
            case "UPDATE" -> Type.UPDATE;
            case "DELETE" -> Type.DELETE;
            case "UNDELETE" -> Type.UNDELETE;
            case "GAP_OVERFLOW" -> Type.OVERFLOW;
            default -> Type.GAP;
        };
        return new ChangeEvent(known ? type : Type.OVERFLOW, known ? ids : List.of(), fields, nulled, committed);
    }
}
