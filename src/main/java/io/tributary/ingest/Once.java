package io.tributary.ingest;

import io.tributary.answer.Answer;
import io.tributary.answer.AnsweredBefore;
import io.tributary.answer.ApiException;
import io.tributary.http.Call;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Synchronization;

/**
 * Answers a call with an {@code Idempotency-Key} once and gives that answer again, for calls that write in several
 * transactions or in none of the funnel's. A route claims the key when it has opened the request and keeps the answer when
 * it has one; between the two a second call with the key is told to wait.
 */
public final class Once {
    private static final String CLAIM = "onceClaim";

    private final TenantDatabase database;
    private final Set<String> running = ConcurrentHashMap.newKeySet();

    public Once(TenantDatabase database) {
        this.database = database;
    }

    /**
     * Claims the key of the call in the body, if it has one.
     *
     * @throws AnsweredBefore when that was answered already
     * @throws ApiException 409 when it runs, or was used for another body
     */
    public void claim(Exchange exchange) {
        Call call = exchange.getMessage().getBody(Call.class);
        IdempotencyClaim claim = Doorway.claim(call);
        if (claim == null) {
            return;
        }
        String key = name(call, claim);
        if (!running.add(key)) {
            throw ApiException.inProgress();
        }
        exchange.getExchangeExtension().addOnCompletion(new Release(key));
        replay(call, claim);
        exchange.setProperty(CLAIM, new Held(call, claim));
    }

    private static String name(Call call, IdempotencyClaim claim) {
        return call.workspace() + "\n" + claim.path() + "\n" + claim.key();
    }

    private record Held(Call call, IdempotencyClaim claim) {}

    private void replay(Call call, IdempotencyClaim claim) {
        database.read(
                call.workspace().tenant(),
                client -> client.sql(Statements.text("read-answer"))
                        .param("tenant", call.workspace().tenant())
                        .param("workspace", call.workspace().workspace())
                        .param("path", claim.path())
                        .param("key", claim.key())
                        .query((row, number) -> {
                            if (!HexFormat.of()
                                    .formatHex(row.getBytes("body_hash"))
                                    .equals(claim.bodyHash())) {
                                throw ApiException.conflict(
                                        "idempotency_key_reused",
                                        "This Idempotency-Key was used for a request with another body.");
                            }
                            throw new AnsweredBefore(Answer.replayed(
                                    row.getInt("status"),
                                    row.getString("answer").getBytes(StandardCharsets.UTF_8)));
                        })
                        .list());
    }

    /** Gives the key back, before the answer is sent: whoever has it may ask again at once. */
    public void release(Exchange exchange) {
        Held held = exchange.getProperty(CLAIM, Held.class);
        if (held != null) {
            running.remove(name(held.call(), held.claim()));
        }
    }

    /** Keeps the answer in the body under the key that the call has claimed, and gives the key back. */
    public void keep(Exchange exchange) {
        Held held = exchange.getProperty(CLAIM, Held.class);
        if (held == null) {
            return;
        }
        Answer answer = exchange.getMessage().getBody(Answer.class);
        Call call = held.call();
        database.write(
                call.workspace().tenant(),
                client -> client.sql(Statements.text("insert-answer"))
                        .param("tenant", call.workspace().tenant())
                        .param("workspace", call.workspace().workspace())
                        .param("path", held.claim().path())
                        .param("key", held.claim().key())
                        .param("body_hash", HexFormat.of().parseHex(held.claim().bodyHash()))
                        .param("status", answer.status())
                        .param("answer", new String(answer.body(), StandardCharsets.UTF_8))
                        .update());
        release(exchange);
    }

    private final class Release implements Synchronization {
        private final String key;

        Release(String key) {
            this.key = key;
        }

        @Override
        public void onComplete(Exchange exchange) {
            running.remove(key);
        }

        @Override
        public void onFailure(Exchange exchange) {
            running.remove(key);
        }
    }
}
