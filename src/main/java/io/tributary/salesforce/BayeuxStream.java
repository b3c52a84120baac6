package io.tributary.salesforce;

import io.tributary.salesforce.SalesforceException.Remedy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.cometd.bayeux.Channel;
import org.cometd.bayeux.Message;
import org.cometd.bayeux.client.ClientSession;
import org.cometd.bayeux.client.ClientSessionChannel;
import org.cometd.client.BayeuxClient;
import org.cometd.client.http.jetty.JettyHttpClientTransport;
import org.cometd.client.transport.ClientTransport;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.jspecify.annotations.Nullable;

/**
 * A subscription of the Streaming API by CometD. Salesforce sends by itself; while what came waits to be taken, the next
 * long poll waits too.
 *
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api_streaming.meta/api_streaming/using_streaming_api_durability.htm">
 *     Streaming API Developer Guide, "Message Durability"</a>
 */
final class BayeuxStream implements ChangeStream {
    private static final String VERSION = "/cometd/61.0";

    /** A long poll lasts up to 110 seconds. */
    private static final int LONGEST_POLL_MILLIS = 120_000;

    private static final int LONGEST_ANSWER = 16 * 1024 * 1024;
    private static final int ANSWER_SECONDS = 30;
    private static final int WAITING_EVENTS = 2_000;

    /** Only new events. */
    private static final long TIP = -1;

    private final BayeuxClient client;
    private final BlockingQueue<Map<String, Object>> heard = new ArrayBlockingQueue<>(WAITING_EVENTS);
    private final CompletableFuture<@Nullable Void> subscribed = new CompletableFuture<>();
    private volatile @Nullable SalesforceException ended;

    private BayeuxStream(HttpClient http, SalesforceTokens.Session session) {
        Map<String, Object> options = new HashMap<>();
        options.put(ClientTransport.MAX_NETWORK_DELAY_OPTION, LONGEST_POLL_MILLIS);
        options.put(ClientTransport.MAX_MESSAGE_SIZE_OPTION, LONGEST_ANSWER);
        client = new BayeuxClient(session.instance() + VERSION, new JettyHttpClientTransport(options, http) {
            @Override
            protected void customize(Request request) {
                request.headers(headers -> headers.put("Authorization", "OAuth " + session.token()));
            }
        });
    }

    /**
     * Subscribes to {@code channel}.
     *
     * @param replay after which it begins; null for what changes from now on
     * @throws ReplayLostException when Salesforce does not know the id any longer
     */
    static BayeuxStream open(HttpClient http, SalesforceTokens.Session session, String channel, @Nullable String replay)
            throws SalesforceException {
        BayeuxStream stream = new BayeuxStream(http, session);
        try {
            stream.subscribe(channel, replay == null ? TIP : Long.parseLong(replay));
            return stream;
        } catch (SalesforceException | RuntimeException e) {
            stream.close();
            throw e;
        }
    }

    private void subscribe(String channel, long replay) throws SalesforceException {
        client.addExtension(new Replay(channel, replay));
        client.getChannel(Channel.META_CONNECT).addListener((ClientSessionChannel.MessageListener)
                (meta, message) -> endUnless(message.isSuccessful(), message));
        client.handshake(answer -> {
            if (answer.isSuccessful()) {
                client.getChannel(channel).subscribe((subscription, message) -> hear(message), this::answered);
            } else {
                subscribed.completeExceptionally(failure(answer));
            }
        });
        try {
            subscribed.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof SalesforceException told
                    ? told
                    : new SalesforceException("the stream could not be opened", e);
        } catch (TimeoutException e) {
            throw new SalesforceException("the stream did not answer within " + ANSWER_SECONDS + " seconds", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SalesforceException("the hub stops", e);
        }
    }

    /** A session that ended is subscribed to nothing: a new one begins after the last replay id that was kept. */
    private void answered(Message answer) {
        if (answer.isSuccessful()) {
            if (!subscribed.complete(null)) {
                endUnless(false, answer);
            }
        } else {
            subscribed.completeExceptionally(failure(answer));
        }
    }

    private void endUnless(boolean fine, Message message) {
        if (!fine) {
            SalesforceException failure = failure(message);
            ended = failure;
            subscribed.completeExceptionally(failure);
        }
    }

    private void hear(Message message) {
        try {
            Map<String, Object> data = message.getDataAsMap();
            if (data != null && !heard.offer(data, LONGEST_POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                ended = new SalesforceException("what the stream brings is not taken", Remedy.WAIT, 0);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ended = new SalesforceException("the hub stops", e);
        }
    }

    @Override
    public Delivered next(Duration wait) throws SalesforceException {
        List<ChangeEvent> events = new ArrayList<>();
        String replay = null;
        try {
            Map<String, Object> data = heard.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
            for (; data != null; data = events.size() < AT_ONCE ? heard.poll() : null) {
                events.add(read(data));
                String id = BayeuxEvents.replay(data);
                replay = id == null ? replay : id;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SalesforceException("the hub stops", e);
        }
        SalesforceException failure = ended;
        if (events.isEmpty() && failure != null) {
            throw failure;
        }
        if (events.isEmpty() && client.isDisconnected()) {
            throw new SalesforceException("Salesforce ended the stream", Remedy.WAIT, 0);
        }
        return new Delivered(events, replay);
    }

    private static ChangeEvent read(Map<String, Object> data) {
        try {
            return BayeuxEvents.read(data);
        } catch (RuntimeException unreadable) {
            return ChangeEvent.unreadable();
        }
    }

    /** {@code 400::The replayId {5} you provided was invalid.}, {@code 403::Handshake denied}, {@code 401::…} in ext. */
    private static SalesforceException failure(Message message) {
        String error = SalesforceApi.text(message.get(Message.ERROR_FIELD));
        String reason = SalesforceApi.text(SalesforceApi.at(message.getExt(), "sfdc", "failureReason"));
        String all = error + " " + reason;
        if (error.matches("400::The replayId .*")) {
            return new ReplayLostException();
        }
        boolean unauthorised =
                SalesforceApi.at(message, "failure", "httpCode") instanceof Number code && code.intValue() == 401;
        if (all.contains("401::") || unauthorised) {
            return new SalesforceException("the stream's session has ended", Remedy.SIGN_IN, 0);
        }
        boolean refused =
                error.matches("40[034]::.*") && !reason.startsWith("503::") && !error.contains("nknown client");
        String said = error.matches("[\\p{Alnum} :._{}/-]{1,200}") ? ": " + error : "";
        return refused
                ? new SalesforceException("Salesforce refuses the stream" + said, Remedy.NONE, 0)
                : new SalesforceException("the stream was cut" + said, Remedy.WAIT, 0);
    }

    @Override
    public boolean isSettled() {
        return true;
    }

    @Override
    public void close() {
        client.disconnect(answer -> client.abort());
        client.abort();
    }

    /** Names the replay id that the subscription begins after. */
    private record Replay(String channel, long id) implements ClientSession.Extension {
        @Override
        public boolean sendMeta(ClientSession session, Message.Mutable message) {
            if (Channel.META_HANDSHAKE.equals(message.getChannel())) {
                message.getExt(true).put("replay", true);
            } else if (Channel.META_SUBSCRIBE.equals(message.getChannel())) {
                message.getExt(true).put("replay", Map.of(channel, id));
            }
            return true;
        }
    }
}
