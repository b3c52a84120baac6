package io.tributary.hubspot;

import io.tributary.connection.Connection;
import io.tributary.lead.Lead;
import io.tributary.sql.Statements;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which lead each contact of an account became, so that a person can be forgotten who is known there by a number only. */
final class HubSpotContacts {
    private HubSpotContacts() {}

    /** Keeps the contacts of a turn's deals. */
    static void keep(JdbcClient client, Turn turn) {
        List<String> contacts = new ArrayList<>();
        List<UUID> leads = new ArrayList<>();
        for (Map<String, ?> deal : turn.deals()) {
            String contact = HubSpotApi.text(HubSpotApi.at(deal, "properties", "associated_contact_id"));
            String email = HubSpotApi.text(HubSpotApi.at(deal, "properties", "associated_contact_email"));
            if (!contact.isEmpty() && !email.isEmpty() && !contacts.contains(contact)) {
                contacts.add(contact);
                leads.add(Lead.idOf(
                        turn.connection().workspace().tenant(),
                        turn.connection().workspace().workspace(),
                        email.strip()));
            }
        }
        if (!contacts.isEmpty()) {
            HubSpotTasks.named(client, "keep-hubspot-contacts", turn.connection())
                    .param("contacts", contacts.toArray(String[]::new))
                    .param("leads", leads.toArray(UUID[]::new))
                    .update();
        }
    }

    /**
     * Takes what names the person out of everything that tells of the past; the present is the command's part.
     *
     * @param deals the deals that were the lead's
     */
    static void scrub(JdbcClient client, Connection connection, UUID lead, List<UUID> deals) {
        client.sql(Statements.text("erase-person"))
                .param("tenant", connection.workspace().tenant())
                .param("workspace", connection.workspace().workspace())
                .param("lead", lead.toString())
                .param("deals", deals.stream().map(UUID::toString).toArray(String[]::new))
                .query()
                .listOfRows();
    }
}
