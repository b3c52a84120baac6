package io.tributary.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A row of a tenant in whatever table, made of nothing but what the table's own definition asks for. */
public final class AnyRow {
    private static final Pattern CHOICE = Pattern.compile("'([a-z_]+)'::text");

    private AnyRow() {}

    /** Makes sure, within the transaction of {@code owner}, that {@code table} holds a row of {@code tenant}. */
    public static void ensure(JdbcClient owner, String table, String tenant) {
        long rows = owner.sql("select count(*) from " + table + " where tenant_id = ?")
                .param(tenant)
                .query(Long.class)
                .single();
        if (rows > 0) {
            return;
        }
        // What other tables a row refers to does not matter here.
        owner.sql("set local session_replication_role = replica").update();
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (Map<String, Object> column : columns(owner, table)) {
            String name = String.valueOf(column.get("name"));
            names.add(name);
            values.add(
                    name.equals("tenant_id")
                            ? "'" + tenant + "'"
                            : value(
                                    String.valueOf(column.get("type")),
                                    String.valueOf(column.get("checks")),
                                    names.size()));
        }
        owner.sql("insert into " + table + " (" + String.join(", ", names) + ") values (" + String.join(", ", values)
                        + ")")
                .update();
        owner.sql("set local session_replication_role = origin").update();
    }

    private static List<Map<String, Object>> columns(JdbcClient owner, String table) {
        return owner.sql("""
                        select a.attname as name, format_type(a.atttypid, null) as type,
                            (
                                select string_agg(pg_get_constraintdef(c.oid), ' ') from pg_constraint as c
                                where c.conrelid = a.attrelid and c.contype = 'c' and c.conkey = array[a.attnum]
                            ) as checks
                        from pg_attribute as a
                        where a.attrelid = cast(? as regclass) and a.attnum > 0 and not a.attisdropped
                            and a.attgenerated = '' and a.attidentity = ''
                        order by a.attnum
                        """).param(table).query().listOfRows();
    }

    /** A value that the column takes; of ids a later column has the greater one. */
    private static String value(String type, String checks, int place) {
        Matcher choice = CHOICE.matcher(checks);
        return switch (type) {
            case "uuid" -> "'00000000-0000-4000-8000-%012d'".formatted(place);
            case "text" -> choice.find() ? "'" + choice.group(1) + "'" : "'x'";
            case "boolean" -> "false";
            case "json", "jsonb" -> "'{}'";
            case "bytea" -> "'\\x00'";
            case "date" -> "'2026-01-31'";
            case "timestamp with time zone" -> "'2026-01-31T09:00:00Z'";
            case "smallint", "integer", "bigint", "numeric" -> "1";
            default -> type.endsWith("[]") ? "'{}'" : "null";
        };
    }
}
