package io.tributary.hubspot;

import io.tributary.connection.Connection;
import io.tributary.deal.DealField;
import io.tributary.ingest.Mappings;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes whole records of deals as HubSpot gives them: with the contact and the company, and what the stage means. */
final class HubSpotRecords {
    static final String MODIFIED = "hs_lastmodifieddate";

    /** What HubSpot says is empty here too; a property that a record does not hold says nothing. */
    private static final Map<String, DealField> CLEARED = Map.of(
            "amount", DealField.VALUE,
            "closedate", DealField.EXPECTED_CLOSE_DATE,
            "description", DealField.DESCRIPTION);

    private static final List<String> PROPERTIES = List.of(
            "dealname",
            "amount",
            "dealstage",
            "pipeline",
            "closedate",
            "createdate",
            "hs_lastmodifieddate",
            "hubspot_owner_id",
            "hs_object_id",
            "dealtype",
            "description",
            "deal_currency_code",
            "hs_deal_stage_probability",
            "hs_is_closed_won",
            "hs_is_closed_lost",
            "closed_lost_reason",
            "closed_won_reason",
            "hs_next_step",
            "notes_last_contacted");

    private final HubSpotApi api;
    private final Mappings mappings;
    private final Pipelines pipelines;

    HubSpotRecords(HubSpotApi api, Mappings mappings) {
        this.api = api;
        this.mappings = mappings;
        this.pipelines = new Pipelines(api);
    }

    /** Deals as they are now; those that HubSpot does not have are missing. */
    List<Map<String, @Nullable Object>> read(Connection connection, List<String> ids) throws HubSpotException {
        return complete(connection, api.read(connection, "deals", ids, properties()));
    }

    /** When HubSpot changed a record last; null when it does not say. */
    static @Nullable Instant modified(Map<String, @Nullable Object> deal) {
        Instant own = moment(HubSpotApi.at(deal, "properties", MODIFIED));
        return own == null ? moment(deal.get("updatedAt")) : own;
    }

    static @Nullable Instant moment(@Nullable Object text) {
        try {
            return text == null ? null : Instant.parse(String.valueOf(text));
        } catch (DateTimeException noTime) {
            return null;
        }
    }

    /** The fields of a deal that a record holds as empty, as HubSpot has them once somebody took their values out. */
    static Set<DealField> emptied(Map<String, @Nullable Object> deal) {
        Set<DealField> emptied = EnumSet.noneOf(DealField.class);
        if (deal.get("properties") instanceof Map<?, ?> properties) {
            CLEARED.forEach((name, field) -> {
                if (properties.containsKey(name)
                        && HubSpotApi.text(properties.get(name)).isBlank()) {
                    emptied.add(field);
                }
            });
        }
        return emptied;
    }

    /** Every property that the mapping reads, and those that belong to a deal whether it is mapped or not. */
    List<String> properties() {
        Set<String> names = new LinkedHashSet<>(PROPERTIES);
        mappings.of(HubSpotKind.NAME)
                .ifPresent(mapping -> mapping.names().stream()
                        .filter(name -> name.matches("[a-z][a-z0-9_]*"))
                        .forEach(names::add));
        return List.copyOf(names);
    }

    /** Adds what belongs to each of {@code deals}, up to a hundred calls' worth of ids at a time. */
    List<Map<String, @Nullable Object>> complete(Connection connection, List<Map<String, @Nullable Object>> deals)
            throws HubSpotException {
        List<Map<String, @Nullable Object>> complete = new ArrayList<>();
        for (int from = 0; from < deals.size(); from += HubSpotApi.BATCH) {
            complete.addAll(batch(connection, deals.subList(from, Math.min(deals.size(), from + HubSpotApi.BATCH))));
        }
        return complete;
    }

    private List<Map<String, @Nullable Object>> batch(Connection connection, List<Map<String, @Nullable Object>> deals)
            throws HubSpotException {
        List<String> ids =
                deals.stream().map(deal -> HubSpotApi.text(deal.get("id"))).toList();
        Map<String, List<String>> contactIds = api.associated(connection, "deals", "contacts", ids);
        Map<String, List<String>> companyIds = api.associated(connection, "deals", "companies", ids);
        Map<String, Map<?, ?>> contacts =
                firsts(connection, "contacts", contactIds, List.of("email", "firstname", "lastname", "phone"));
        Map<String, Map<?, ?>> companies = firsts(connection, "companies", companyIds, List.of("name", "domain"));
        List<Map<String, @Nullable Object>> complete = new ArrayList<>();
        for (Map<String, @Nullable Object> deal : deals) {
            String id = HubSpotApi.text(deal.get("id"));
            Map<String, @Nullable Object> properties = new LinkedHashMap<>();
            if (deal.get("properties") instanceof Map<?, ?> given) {
                given.forEach((name, value) -> properties.put(String.valueOf(name), value));
            }
            addContact(properties, first(contactIds, id), contacts);
            addCompany(properties, first(companyIds, id), companies);
            pipelines.explain(connection, properties);
            Map<String, @Nullable Object> whole = new LinkedHashMap<>(deal);
            whole.put("properties", properties);
            if (properties.get(MODIFIED) != null) {
                // The same moment once more; kept, it would make a change of every touch.
                whole.remove("updatedAt");
            }
            complete.add(whole);
        }
        return complete;
    }

    private Map<String, Map<?, ?>> firsts(
            Connection connection, String objects, Map<String, List<String>> associated, List<String> properties)
            throws HubSpotException {
        List<String> ids = associated.values().stream()
                .filter(list -> !list.isEmpty())
                .map(list -> list.get(0))
                .distinct()
                .toList();
        Map<String, Map<?, ?>> byId = new LinkedHashMap<>();
        for (Map<String, @Nullable Object> object : api.read(connection, objects, ids, properties)) {
            if (object.get("properties") instanceof Map<?, ?> given) {
                byId.put(HubSpotApi.text(object.get("id")), given);
            }
        }
        return byId;
    }

    private static @Nullable String first(Map<String, List<String>> associated, String id) {
        List<String> others = associated.getOrDefault(id, List.of());
        return others.isEmpty() ? null : others.get(0);
    }

    private static void addContact(
            Map<String, @Nullable Object> properties, @Nullable String id, Map<String, Map<?, ?>> contacts) {
        Map<?, ?> contact = id == null ? null : contacts.get(id);
        if (contact != null) {
            properties.put("associated_contact_id", id);
            properties.putIfAbsent("associated_contact_email", contact.get("email"));
            properties.putIfAbsent("contact_first_name", contact.get("firstname"));
            properties.putIfAbsent("contact_last_name", contact.get("lastname"));
            properties.putIfAbsent("contact_phone", contact.get("phone"));
        }
    }

    private static void addCompany(
            Map<String, @Nullable Object> properties, @Nullable String id, Map<String, Map<?, ?>> companies) {
        Map<?, ?> company = id == null ? null : companies.get(id);
        if (company != null) {
            properties.putIfAbsent("associated_company_name", company.get("name"));
            properties.putIfAbsent("associated_company_domain", company.get("domain"));
        }
    }
}
