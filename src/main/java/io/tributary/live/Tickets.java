package io.tributary.live;

import io.tributary.answer.Answer;
import io.tributary.http.Call;
import io.tributary.sql.Statements;
import io.tributary.tenant.Keys;
import io.tributary.tenant.TenantDatabase;
import io.tributary.tenant.WorkspaceId;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tickets to the live feed, for browsers, which cannot send a key with a handshake: each is good once, for a minute, at
 * any hub on the same database. Stored is a ticket's hash alone; its first part names the tenant under which to look.
 */
public final class Tickets {
    private static final Duration GOOD_FOR = Duration.ofMinutes(1);
    private static final int RANDOM_BYTES = 32;
    private static final int LONGEST = 128;

    private final TenantDatabase database;
    private final SecureRandom random = new SecureRandom();

    public Tickets(TenantDatabase database) {
        this.database = database;
    }

    /** Whose ticket it was. */
    record Holder(WorkspaceId workspace, UUID keyId) {}

    /** Gives the caller a ticket. */
    public Answer issue(Call call) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        String ticket = call.workspace().tenant() + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        database.write(
                call.workspace().tenant(),
                client -> client.sql(Statements.text("insert-live-ticket"))
                        .param("tenant", call.workspace().tenant())
                        .param("workspace", call.workspace().workspace())
                        .param("hash", Keys.hash(ticket))
                        .param("key_id", call.caller().keyId())
                        .param("seconds", (double) GOOD_FOR.toSeconds())
                        .update());
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("status", "success");
        body.put("ticket", ticket);
        body.put("expires_in", GOOD_FOR.toSeconds());
        return Answer.ok(body);
    }

    /** Uses a ticket up; empty when it is none, was used before, or is too old. */
    Optional<Holder> take(String ticket) {
        int dot = ticket.indexOf('.');
        if (dot <= 0 || ticket.length() > LONGEST) {
            return Optional.empty();
        }
        String tenant = ticket.substring(0, dot);
        return database.write(
                tenant,
                client -> client.sql(Statements.text("take-live-ticket"))
                        .param("tenant", tenant)
                        .param("hash", Keys.hash(ticket))
                        .query((row, number) -> new Holder(
                                new WorkspaceId(tenant, row.getString("workspace_id")),
                                row.getObject("key_id", UUID.class)))
                        .optional());
    }
}
