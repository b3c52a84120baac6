package io.tributary.salesforce;

import io.tributary.identity.ExternalId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One outbound message of Salesforce's workflow: up to a hundred notifications of one organisation, answered as a whole.
 * The session id that it may carry is never read.
 *
 * @param organizationId 15 or 18 characters, beginning with 00D
 * @param actionId the workflow action that sent it
 * @param notifications none where every record was deleted meanwhile
 */
public record OutboundMessage(String organizationId, String actionId, List<Notification> notifications) {

    public OutboundMessage {
        notifications = List.copyOf(notifications);
    }

    /**
     * One record's state at the time of sending.
     *
     * @param id the notification's own id, by which one that is delivered again is known
     * @param type the object's type, for example Opportunity; empty when the message names none
     * @param fields the fields selected in Salesforce that are not blank, in their order; a compound field is a map
     */
    public record Notification(String id, String type, Map<String, @Nullable Object> fields) {}

    /** Whether the message comes from {@code organisation}, whichever of the two lengths either id has. */
    public boolean isFrom(String organisation) {
        return canonical(organizationId).equals(canonical(organisation));
    }

    private static String canonical(String id) {
        return ExternalId.canonical("salesforce", id);
    }
}
