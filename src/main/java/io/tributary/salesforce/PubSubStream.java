package io.tributary.salesforce;

import com.google.protobuf.ByteString;
import com.salesforce.eventbus.protobuf.ConsumerEvent;
import com.salesforce.eventbus.protobuf.FetchRequest;
import com.salesforce.eventbus.protobuf.FetchResponse;
import com.salesforce.eventbus.protobuf.PubSubGrpc;
import com.salesforce.eventbus.protobuf.ReplayPreset;
import com.salesforce.eventbus.protobuf.SchemaRequest;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.tributary.connection.AddressGuard;
import io.tributary.connection.ForbiddenAddressException;
import io.tributary.salesforce.SalesforceException.Remedy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A subscription of the Pub/Sub API. Salesforce sends what was asked for and no more; more is asked for when what came is
 * taken. Without any change it sends an empty answer at least every 270 seconds, by which a dead connection is told.
 *
 * @see <a href="https://developer.salesforce.com/docs/platform/pub-sub-api/guide/subscribe-rpc.html">Pub/Sub API,
 *     "Subscribe RPC Method"</a>
 */
final class PubSubStream implements ChangeStream {
    private static final Duration SILENCE = Duration.ofSeconds(330);

    /** After which a subscription that nothing was heard of holds all the same. */
    private static final Duration SETTLING = Duration.ofSeconds(30);

    private static final int DEADLINE_SECONDS = 15;
    private static final int LONGEST_ANSWER = 16 * 1024 * 1024;

    private final ManagedChannel channel;
    private final PubSubGrpc.PubSubBlockingStub stub;
    private final String topic;
    private final long openedAt = System.nanoTime();
    private final Map<String, Schema> schemas = new HashMap<>();

    /** Holds no more than was asked for. */
    private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();

    private final StreamObserver<FetchRequest> requests;
    private long lastHeard = System.nanoTime();
    private boolean answered;
    private int toAskFor;
    private @Nullable Throwable ended;

    /** An answer, or how the stream ended. */
    private record Heard(
            @Nullable FetchResponse answer, @Nullable Throwable end) {}

    private PubSubStream(ManagedChannel channel, Metadata credentials, String topic, @Nullable String replay) {
        this.channel = channel;
        this.topic = topic;
        this.stub = PubSubGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(credentials));
        this.requests = PubSubGrpc.newStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(credentials))
                .subscribe(new StreamObserver<>() {
                    @Override
                    public void onNext(FetchResponse answer) {
                        heard.add(new Heard(answer, null));
                    }

                    @Override
                    public void onError(Throwable failure) {
                        heard.add(new Heard(null, failure));
                    }

                    @Override
                    public void onCompleted() {
                        heard.add(new Heard(null, Status.UNAVAILABLE.asRuntimeException()));
                    }
                });
        FetchRequest.Builder first =
                FetchRequest.newBuilder().setTopicName(topic).setNumRequested(AT_ONCE);
        requests.onNext(
                replay == null
                        ? first.setReplayPreset(ReplayPreset.LATEST).build()
                        : first.setReplayPreset(ReplayPreset.CUSTOM)
                                .setReplayId(
                                        ByteString.copyFrom(Base64.getDecoder().decode(replay)))
                                .build());
    }

    /**
     * Subscribes to {@code topic}.
     *
     * @param at where the API answers; {@code http} is spoken without TLS
     * @param replay after which it begins; null for what changes from now on
     */
    static PubSubStream open(
            URI at, AddressGuard guard, SalesforceTokens.Session session, String topic, @Nullable String replay)
            throws SalesforceException {
        Metadata credentials = new Metadata();
        credentials.put(key("accesstoken"), session.token());
        credentials.put(key("instanceurl"), session.instance());
        credentials.put(key("tenantid"), session.organisation());
        return new PubSubStream(channel(at, guard), credentials, topic, replay);
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }

    /** Connects to the address that was checked, not to the name. */
    private static ManagedChannel channel(URI at, AddressGuard guard) throws SalesforceException {
        boolean plain = "http".equals(at.getScheme());
        int port = at.getPort() > 0 ? at.getPort() : 7443;
        try {
            List<InetAddress> addresses = guard.resolve(at.getHost());
            InetAddress address = addresses.get(ThreadLocalRandom.current().nextInt(addresses.size()));
            NettyChannelBuilder builder = NettyChannelBuilder.forAddress(new InetSocketAddress(address, port))
                    .overrideAuthority(at.getHost() + ":" + port)
                    .proxyDetector(target -> null)
                    .disableRetry()
                    .maxInboundMessageSize(LONGEST_ANSWER)
                    .userAgent("Tributary");
            return plain ? builder.usePlaintext().build() : builder.build();
        } catch (ForbiddenAddressException e) {
            throw new SalesforceException(at.getHost() + " is not reached: " + e.getMessage(), Remedy.SIGN_IN, 0);
        } catch (UnknownHostException e) {
            throw new SalesforceException("there is no host " + at.getHost(), e);
        }
    }

    @Override
    public Delivered next(Duration wait) throws SalesforceException {
        if (toAskFor > 0) {
            requests.onNext(FetchRequest.newBuilder()
                    .setTopicName(topic)
                    .setNumRequested(toAskFor)
                    .build());
            toAskFor = 0;
        }
        List<ChangeEvent> events = new ArrayList<>();
        String replay = null;
        Heard first = ended == null ? poll(wait) : null;
        for (Heard next = first; next != null; next = events.size() < AT_ONCE ? heard.poll() : null) {
            lastHeard = System.nanoTime();
            FetchResponse answer = next.answer();
            if (answer == null) {
                ended = next.end();
                break;
            }
            answered = true;
            toAskFor = Math.max(0, AT_ONCE - answer.getPendingNumRequested());
            for (ConsumerEvent event : answer.getEventsList()) {
                events.add(read(event));
                replay = text(event.getReplayId());
            }
            if (answer.getEventsCount() == 0 && !answer.getLatestReplayId().isEmpty()) {
                replay = text(answer.getLatestReplayId());
            }
        }
        if (replay == null && ended != null) {
            throw failure(ended);
        }
        if (System.nanoTime() - lastHeard > SILENCE.toNanos()) {
            throw new SalesforceException("nothing was heard of the stream for long", Remedy.WAIT, 0);
        }
        return new Delivered(events, replay);
    }

    private @Nullable Heard poll(Duration wait) throws SalesforceException {
        try {
            return heard.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SalesforceException("the hub stops", e);
        }
    }

    private ChangeEvent read(ConsumerEvent event) throws SalesforceException {
        try {
            return AvroEvents.read(
                    event.getEvent().getPayload().toByteArray(),
                    schema(event.getEvent().getSchemaId()));
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException | NumberFormatException unreadable) {
            return ChangeEvent.unreadable();
        }
    }

    private Schema schema(String id) throws SalesforceException {
        Schema known = schemas.get(id);
        if (known == null) {
            try {
                String json = stub.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
                        .getSchema(SchemaRequest.newBuilder().setSchemaId(id).build())
                        .getSchemaJson();
                known = new Schema.Parser().parse(json);
            } catch (StatusRuntimeException e) {
                throw failure(e);
            }
            schemas.put(id, known);
        }
        return known;
    }

    private static SalesforceException failure(Throwable end) {
        Status status = Status.fromThrowable(end);
        String code = Optional.ofNullable(Status.trailersFromThrowable(end))
                .map(trailers -> trailers.get(key("error-code")))
                .filter(text -> text.matches("[a-zA-Z._]{1,120}"))
                .orElse("");
        if (code.contains(".replayid.")) {
            return new ReplayLostException();
        }
        String said = "the Pub/Sub API answered " + (code.isEmpty() ? status.getCode() : code);
        return switch (status.getCode()) {
            case UNAUTHENTICATED -> new SalesforceException(said, Remedy.SIGN_IN, 0);
            case PERMISSION_DENIED, NOT_FOUND, INVALID_ARGUMENT, UNIMPLEMENTED ->
                new SalesforceException(said, code.contains(".auth.") ? Remedy.SIGN_IN : Remedy.NONE, 0);
            case UNAVAILABLE -> new SalesforceException("the stream was cut", Remedy.WAIT, 0);
            default -> new SalesforceException(said, Remedy.WAIT, 0);
        };
    }

    private static String text(ByteString replay) {
        return Base64.getEncoder().encodeToString(replay.toByteArray());
    }

    @Override
    public boolean isSettled() {
        return answered || System.nanoTime() - openedAt > SETTLING.toNanos();
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
