package io.tributary.salesforce;

import io.tributary.command.KeepLead;
import io.tributary.connection.Connection;
import io.tributary.deal.NormalisedDeal;
import io.tributary.deal.PersonName;
import io.tributary.deal.Stage;
import io.tributary.identity.ExternalId;
import io.tributary.ingest.Sender;
import io.tributary.mapping.EmailReader;
import io.tributary.mapping.Reading;
import io.tributary.salesforce.OutboundMessage.Notification;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An outbound message in hand. Salesforce sends one again until it is acknowledged, so each notification counts once. */
final class MessageTurn extends Turn {
    private static final Set<String> PEOPLE = Set.of("Lead", "Contact");

    private final OutboundMessage message;

    MessageTurn(Connection connection, OutboundMessage message, Sender sender) {
        super(connection, sender);
        this.message = message;
    }

    @Override
    void claim(JdbcClient client) {
        opportunities().clear();
        orders().clear();
        String[] ids = message.notifications().stream()
                .map(MessageTurn::key)
                .distinct()
                .toArray(String[]::new);
        Set<String> fresh = new HashSet<>(named(client, "claim-salesforce-notifications", connection())
                .param("ids", ids)
                .query(String.class)
                .list());
        for (Notification notification : message.notifications()) {
            // A record that was deleted meanwhile comes without any data.
            if (fresh.remove(key(notification)) && !notification.fields().isEmpty()) {
                take(notification);
            }
        }
    }

    private static String key(Notification notification) {
        return ExternalId.canonical(SalesforceKind.NAME, notification.id());
    }

    private void take(Notification notification) {
        Map<String, @Nullable Object> fields = notification.fields();
        String type = notification.type();
        if (type.equals("Opportunity") || type.isEmpty()) {
            opportunities().add(fields);
            return;
        }
        NormalisedDeal person = PEOPLE.contains(type) ? person(fields) : null;
        if (person != null) {
            orders().add(new KeepLead(connection().workspace(), person));
        } else {
            // No Opportunity, and nobody who can be written to: refused for its missing name and kept for somebody to
            // see.
            Map<String, @Nullable Object> kept = new LinkedHashMap<>();
            kept.put("Id", fields.get("Id"));
            kept.put(type, fields);
            opportunities().add(kept);
        }
    }

    private static @Nullable NormalisedDeal person(Map<String, @Nullable Object> fields) {
        if (!(EmailReader.read(fields.get("Email")) instanceof Reading.Value<String> email)) {
            return null;
        }
        String address = email.value();
        String first = text(fields, "FirstName");
        String last = text(fields, "LastName");
        return new NormalisedDeal(
                address,
                text(fields, "Company"),
                null,
                null,
                Stage.DISCOVERY,
                BigDecimal.ZERO,
                null,
                address,
                null,
                null,
                text(fields, "Phone"),
                null,
                null,
                null,
                Set.of(),
                Map.of(),
                first == null && last == null ? null : new PersonName(first, last));
    }

    private static @Nullable String text(Map<String, @Nullable Object> fields, String name) {
        return fields.get(name) instanceof String text && !text.isBlank() ? text.strip() : null;
    }
}
