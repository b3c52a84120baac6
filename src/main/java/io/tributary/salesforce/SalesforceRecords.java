package io.tributary.salesforce;

import io.tributary.connection.Connection;
import io.tributary.ingest.Mappings;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is asked of an organisation's Opportunities, and whole records made of what it answers. */
final class SalesforceRecords {
    /** Fields that every organisation has. Those that change whenever somebody looks at a record are left out. */
    private static final List<String> STANDARD = List.of(
            "Id",
            "Name",
            "AccountId",
            "Amount",
            "StageName",
            "Probability",
            "CloseDate",
            "Type",
            "LeadSource",
            "NextStep",
            "Description",
            "IsClosed",
            "IsWon",
            "IsDeleted",
            "ForecastCategoryName",
            "OwnerId",
            "CreatedDate",
            "LastModifiedDate",
            "SystemModstamp");

    /** Only where the organisation says that it has them. */
    private static final List<String> WHERE_THERE = List.of("CurrencyIsoCode", "RecordTypeId", "ContactId");

    private static final String CONTACT =
            "Contact.Id, Contact.Email, Contact.Name, Contact.FirstName, Contact.LastName, Contact.Phone";

    private static final Set<String> UNREADABLE = Set.of("base64", "address", "location", "anyType");

    /** A SOQL statement has 100,000 characters at most. */
    private static final int CUSTOM_FIELDS = 500;

    /** An address has to stay within 16,000 characters. */
    private static final int IDS_AT_ONCE = 100;

    private static final long MEMORY_NANOS = Duration.ofMinutes(10).toNanos();

    private final SalesforceApi api;
    private final Mappings mappings;
    private final SalesforceStages stages;
    private final Map<String, Remembered> memory = new ConcurrentHashMap<>();

    private record Remembered(String fields, Map<String, String> types, long until) {}

    SalesforceRecords(SalesforceApi api, Mappings mappings) {
        this.api = api;
        this.mappings = mappings;
        this.stages = new SalesforceStages(api);
    }

    /** {@code SELECT … FROM Opportunity}, with the account's name and the contact in the first role. */
    String select(Connection connection) throws SalesforceException {
        return "SELECT " + known(connection).fields()
                + ", Account.Name, (SELECT " + CONTACT
                + " FROM OpportunityContactRoles ORDER BY IsPrimary DESC LIMIT 1) FROM Opportunity";
    }

    /** The same without the contact: the Bulk API takes no query inside a query. */
    String selectFlat(Connection connection) throws SalesforceException {
        return "SELECT " + known(connection).fields() + ", Account.Name FROM Opportunity";
    }

    /** The types of an Opportunity's fields, by name; empty where the organisation does not tell. */
    Map<String, String> types(Connection connection) throws SalesforceException {
        return known(connection).types();
    }

    private Remembered known(Connection connection) throws SalesforceException {
        String key = connection.id() + "\n" + connection.revision();
        Remembered known = memory.get(key);
        if (known == null || known.until() - System.nanoTime() < 0) {
            Map<String, String> types = api.fields(connection, "Opportunity");
            known = new Remembered(fields(types), types, System.nanoTime() + MEMORY_NANOS);
            memory.put(key, known);
        }
        return known;
    }

    /** Adds to each record the contact in its first role, as {@link #select} would have. */
    void addContacts(Connection connection, List<Map<String, @Nullable Object>> records) throws SalesforceException {
        Map<String, Map<String, @Nullable Object>> byId = new LinkedHashMap<>();
        records.forEach(record -> byId.put(SalesforceApi.text(record.get("Id")), record));
        List<String> ids = List.copyOf(byId.keySet());
        for (int from = 0; from < ids.size(); from += IDS_AT_ONCE) {
            String list = quoted(ids.subList(from, Math.min(ids.size(), from + IDS_AT_ONCE)));
            SalesforceApi.Page page = api.query(
                    connection,
                    "SELECT OpportunityId, " + CONTACT + " FROM OpportunityContactRole WHERE OpportunityId IN (" + list
                            + ") ORDER BY OpportunityId, IsPrimary DESC");
            while (true) {
                for (Map<String, @Nullable Object> role : page.records()) {
                    Map<String, @Nullable Object> record = byId.get(SalesforceApi.text(role.get("OpportunityId")));
                    if (record != null && role.get("Contact") instanceof Map<?, ?> contact) {
                        record.putIfAbsent("Contact", contact);
                    }
                }
                if (page.next() == null) {
                    break;
                }
                page = api.page(connection, page.next());
            }
        }
    }

    private static String quoted(List<String> ids) {
        return ids.stream().map(id -> "'" + id + "'").collect(Collectors.joining(", "));
    }

    /** Whole records, deleted ones too, by id; those that Salesforce does not show are left out. */
    Map<String, Map<String, @Nullable Object>> byId(Connection connection, List<String> ids)
            throws SalesforceException {
        Map<String, Map<String, @Nullable Object>> found = new LinkedHashMap<>();
        for (int from = 0; from < ids.size(); from += IDS_AT_ONCE) {
            String list = quoted(ids.subList(from, Math.min(ids.size(), from + IDS_AT_ONCE)));
            SalesforceApi.Page page = api.queryAll(connection, select(connection) + " WHERE Id IN (" + list + ")");
            String next = page.next();
            page.records().forEach(record -> found.put(SalesforceApi.text(record.get("Id")), record));
            while (next != null) {
                page = api.page(connection, next);
                page.records().forEach(record -> found.put(SalesforceApi.text(record.get("Id")), record));
                next = page.next();
            }
        }
        explain(connection, found.values());
        return found;
    }

    /** Adds to each record what its stage means in the organisation. */
    <V extends @Nullable Object> void explain(Connection connection, Collection<Map<String, V>> records)
            throws SalesforceException {
        for (Map<String, V> record : records) {
            stages.meaning(connection, record.get("StageName")).forEach((name, value) -> put(record, name, value));
        }
    }

    @SuppressWarnings("unchecked")
    private static <V extends @Nullable Object> void put(Map<String, V> record, String name, Object value) {
        record.putIfAbsent(name, (V) value);
    }

    private String fields(Map<String, String> there) {
        Set<String> fields = new LinkedHashSet<>(STANDARD);
        if (!there.isEmpty()) {
            fields.retainAll(there.keySet());
            fields.addAll(WHERE_THERE);
            mappings.of(SalesforceKind.NAME).ifPresent(mapping -> fields.addAll(mapping.names()));
            fields.retainAll(there.keySet());
            there.entrySet().stream()
                    .filter(field -> field.getKey().endsWith("__c") && !UNREADABLE.contains(field.getValue()))
                    .limit(CUSTOM_FIELDS)
                    .forEach(field -> fields.add(field.getKey()));
            if (fields.contains("RecordTypeId")) {
                fields.add("RecordType.Name");
            }
        }
        return String.join(", ", fields);
    }

    /** The record as the mapping reads it: without what is about the answer, with its first contact. */
    static Map<String, @Nullable Object> whole(Map<String, @Nullable Object> answered) {
        Map<String, @Nullable Object> record = plain(answered);
        Object roles = record.remove("OpportunityContactRoles");
        List<Map<String, @Nullable Object>> people = SalesforceApi.records(SalesforceApi.at(roles, "records"));
        if (!people.isEmpty() && people.get(0).get("Contact") instanceof Map<?, ?> contact) {
            record.putIfAbsent("Contact", contact);
        }
        record.remove("IsDeleted");
        return record;
    }

    private static Map<String, @Nullable Object> plain(Map<?, ?> answered) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        answered.forEach((name, value) -> {
            if (!"attributes".equals(name)) {
                plain.put(String.valueOf(name), value instanceof Map<?, ?> inner ? plain(inner) : value);
            }
        });
        return plain;
    }
}
