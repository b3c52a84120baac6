package io.tributary.undo;

import io.tributary.answer.Answer;
import io.tributary.answer.ApiException;
import io.tributary.deal.FieldError;
import io.tributary.http.Call;
import io.tributary.ingest.Commands;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a person decides on deals that may be one, and how a merge is taken apart again. */
public final class Duplicates {
    private static final String SOURCE = "manual";

    private final TenantDatabase database;
    private final Commands commands;

    public Duplicates(TenantDatabase database, Commands commands) {
        this.database = database;
        this.commands = commands;
    }

    /** Makes a pair of two deals that a person names. */
    public Answer ask(Call call) {
        Object deals = call.jsonObject().get("deals");
        if (deals instanceof List<?> list && list.size() == 2) {
            UUID one = id("deals", list.get(0));
            UUID other = id("deals", list.get(1));
            if (!one.equals(other)) {
                return commands.take(call, SOURCE, new AskPair(database, one, other));
            }
        }
        throw ApiException.invalid(List.of(new FieldError("deals", null, "is no list of the ids of two deals")));
    }

    /** Remembers that two deals are not one. */
    public Answer dismiss(Call call) {
        return commands.take(call, SOURCE, new DismissPair(database, pair(call)));
    }

    /** Makes two deals one. */
    public Answer merge(Call call) {
        Pair pair = pair(call);
        Map<String, @Nullable Object> body = call.body().length == 0 ? Map.of() : call.jsonObject();
        UUID keep = body.get("keep") == null ? null : id("keep", body.get("keep"));
        return commands.take(call, SOURCE, new MergeDeals(database, pair, keep, choices(body.get("fields"))));
    }

    /** Takes a merge apart. */
    public Answer undo(Call call) {
        UUID mergeId = call.idAt(1);
        UUID kept = database.read(
                call.workspace().tenant(),
                client -> client.sql(Statements.text("read-merge"))
                        .param("tenant", call.workspace().tenant())
                        .param("workspace", call.workspace().workspace())
                        .param("merge_id", mergeId)
                        .query(UUID.class)
                        .optional()
                        .orElseThrow(ApiException::notFound));
        return commands.take(call, SOURCE, new UndoMerge(database, mergeId, kept));
    }

    private Pair pair(Call call) {
        return database.read(
                call.workspace().tenant(),
                client -> client.sql(Statements.text("read-pair"))
                        .param("tenant", call.workspace().tenant())
                        .param("workspace", call.workspace().workspace())
                        .param("pair_id", call.idAt(1))
                        .query(Pair::of)
                        .optional()
                        .orElseThrow(ApiException::notFound));
    }

    private static Map<String, UUID> choices(@Nullable Object fields) {
        Map<String, UUID> choices = new LinkedHashMap<>();
        if (fields == null) {
            return choices;
        }
        Call.object(fields)
                .orElseThrow(() -> ApiException.invalid(
                        List.of(new FieldError("fields", null, "is no object from field to the id of a deal"))))
                .forEach((field, deal) -> choices.put(field, id("fields", deal)));
        return choices;
    }

    private static UUID id(String field, @Nullable Object value) {
        if (value instanceof String text && text.length() == 36) {
            try {
                return UUID.fromString(text);
            } catch (IllegalArgumentException noId) {
                // Refused below, like a text of another length.
            }
        }
        throw ApiException.invalid(
                List.of(new FieldError(field, value == null ? null : value.toString(), "is no id of a deal")));
    }
}
