package io.tributary.command;

import io.tributary.answer.Answer;
import io.tributary.answer.ApiException;
import io.tributary.deal.FieldError;
import io.tributary.deal.OrderedId;
import io.tributary.deal.Times;
import io.tributary.event.EventLog;
import io.tributary.event.NewEvent;
import io.tributary.http.Call;
import io.tributary.ingest.StoredDeal;
import io.tributary.pipeline.Cursor;
import io.tributary.pipeline.Page;
import io.tributary.pipeline.Row;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import io.tributary.tenant.WorkspaceId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What people say of a deal to each other. A comment changes nothing of the deal. */
public final class Comments {
    private static final int LONGEST_TOLD = 500;

    private final TenantDatabase database;

    public Comments(TenantDatabase database) {
        this.database = database;
    }

    /** A page of a deal's comments, newest first, with those of deals that were merged into it. */
    public Answer list(Call call) {
        UUID deal = call.idAt(0);
        database.read(call.workspace().tenant(), client -> StoredDeal.of(client, call.workspace(), deal));
        return new Page(call, "list-comments")
                .where("deal_id", deal)
                .where("before", Cursor.id(call))
                .read(database, Comments::view, row -> Cursor.of(row.id("comment_id")));
    }

    /** Adds a comment; the activity and the live feed tell of it. */
    public Answer add(Call call) {
        UUID deal = call.idAt(0);
        String text = text(call.jsonObject());
        List<String> mentions = Mentions.in(text);
        UUID id = OrderedId.next();
        Map<String, @Nullable Object> comment = new LinkedHashMap<>();
        comment.put("id", id.toString());
        comment.put("deal_id", deal.toString());
        comment.put("author", call.caller().actor());
        comment.put("text", text);
        comment.put("mentions", mentions);
        WorkspaceId workspace = call.workspace();
        database.write(workspace.tenant(), client -> {
            lock(client, workspace, deal);
            Instant now = at(client.sql(Statements.text("insert-comment")), workspace)
                    .param("comment_id", id)
                    .param("deal_id", deal)
                    .param("author", call.caller().actor())
                    .param("text", text)
                    .param("mentions", mentions.toArray(String[]::new))
                    .query((row, number) -> row.getTimestamp("created_at").toInstant())
                    .single();
            comment.put("created_at", Times.text(now));
            at(client.sql(Statements.text("insert-audit")), workspace)
                    .param("actor", call.caller().actor())
                    .param("action", "deal.commented")
                    .param("subject", deal.toString())
                    .update();
            at(client.sql(Statements.text("append-activities")), workspace)
                    .param("deal_id", deal)
                    .param("source", "manual")
                    .param("actor", call.caller().actor())
                    .param("types", new String[] {"comment"})
                    .param("texts", new String[] {text})
                    .update();
            return EventLog.append(
                    client, workspace, List.of(new NewEvent("deal.commented", deal, told(comment, text))));
        });
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("status", "success");
        body.put("comment", comment);
        return Answer.json(201, body);
    }

    private static Map<String, @Nullable Object> told(Map<String, @Nullable Object> comment, String text) {
        Map<String, @Nullable Object> told = new LinkedHashMap<>(comment);
        int end = text.length() <= LONGEST_TOLD
                ? text.length()
                : text.offsetByCodePoints(0, Math.min(LONGEST_TOLD, text.codePointCount(0, text.length())));
        told.put("text", text.substring(0, end));
        return told;
    }

    private static boolean lock(JdbcClient client, WorkspaceId workspace, UUID deal) {
        return at(client.sql(Statements.text("lock-deal")), workspace)
                .param("deal_id", deal)
                .query((row, number) -> true)
                .optional()
                .orElseThrow(ApiException::notFound);
    }

    private static JdbcClient.StatementSpec at(JdbcClient.StatementSpec statement, WorkspaceId workspace) {
        return statement.param("tenant", workspace.tenant()).param("workspace", workspace.workspace());
    }

    private static String text(Map<String, @Nullable Object> body) {
        Map<String, @Nullable Object> note = new LinkedHashMap<>(body);
        note.put("type", "note");
        String text = Engagement.read(note).text().strip();
        if (body.containsKey("at") || body.containsKey("type")) {
            throw ApiException.invalid(List.of(new FieldError("body", null, "takes text alone")));
        }
        if (text.isEmpty()) {
            throw ApiException.invalid(List.of(new FieldError("text", null, "is required")));
        }
        return text;
    }

    private static Map<String, @Nullable Object> view(Row row) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("id", row.text("comment_id"));
        view.put("deal_id", row.text("deal_id"));
        view.put("author", row.text("author"));
        view.put("text", row.text("text"));
        view.put("mentions", row.json("mentions"));
        view.put("created_at", row.time("created_at"));
        return view;
    }
}
