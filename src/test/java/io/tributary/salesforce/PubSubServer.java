package io.tributary.salesforce;

import com.google.protobuf.ByteString;
import com.salesforce.eventbus.protobuf.ConsumerEvent;
import com.salesforce.eventbus.protobuf.FetchRequest;
import com.salesforce.eventbus.protobuf.FetchResponse;
import com.salesforce.eventbus.protobuf.ProducerEvent;
import com.salesforce.eventbus.protobuf.PubSubGrpc;
import com.salesforce.eventbus.protobuf.ReplayPreset;
import com.salesforce.eventbus.protobuf.SchemaInfo;
import com.salesforce.eventbus.protobuf.SchemaRequest;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** The Pub/Sub API on the wire: flow control, replay ids, Avro with bitmaps, and ends of every kind. */
final class PubSubServer extends PubSubGrpc.PubSubImplBase implements ChangeServer {
    private static final String SCHEMA_ID = "opportunity-1";
    private static final String EXPIRED = "sfdc.platform.eventbus.grpc.subscription.fetch.replayid.validation.failed";
    private static final Metadata.Key<String> ERROR = Metadata.Key.of("error-code", Metadata.ASCII_STRING_MARSHALLER);
    private static final Schema SCHEMA = schema();

    private final Server server;
    private final List<Told> log = new ArrayList<>();
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final Set<String> tenants = ConcurrentHashMap.newKeySet();
    private int forgotten;
    private int lost;

    private final class Subscription implements StreamObserver<FetchRequest> {
        private final StreamObserver<FetchResponse> client;
        private int next = -1;
        private int wanted;

        Subscription(StreamObserver<FetchResponse> client) {
            this.client = client;
        }

        @Override
        public void onNext(FetchRequest request) {
            synchronized (PubSubServer.this) {
                if (next < 0) {
                    next = request.getReplayPreset() == ReplayPreset.CUSTOM
                            ? number(request.getReplayId()) + 1
                            : request.getReplayPreset() == ReplayPreset.EARLIEST ? forgotten : log.size();
                    if (next < forgotten) {
                        lost++;
                        Metadata trailers = new Metadata();
                        trailers.put(ERROR, EXPIRED);
                        end(Status.INVALID_ARGUMENT.asRuntimeException(trailers));
                        return;
                    }
                    client.onNext(FetchResponse.newBuilder()
                            .setLatestReplayId(replay(next - 1))
                            .setPendingNumRequested(request.getNumRequested())
                            .build());
                }
                wanted += request.getNumRequested();
                send();
            }
        }

        private void send() {
            int to = Math.min(log.size(), next + wanted);
            if (next < 0 || to <= next) {
                return;
            }
            FetchResponse.Builder answer = FetchResponse.newBuilder();
            for (int i = next; i < to; i++) {
                answer.addEvents(ConsumerEvent.newBuilder()
                        .setReplayId(replay(i))
                        .setEvent(ProducerEvent.newBuilder()
                                .setSchemaId(SCHEMA_ID)
                                .setPayload(ByteString.copyFrom(payload(log.get(i))))));
            }
            wanted -= to - next;
            next = to;
            client.onNext(answer.setLatestReplayId(replay(to - 1))
                    .setPendingNumRequested(wanted)
                    .build());
        }

        private void end(Exception failure) {
            subscriptions.remove(this);
            client.onError(failure);
        }

        @Override
        public void onError(Throwable gone) {
            onCompleted();
        }

        @Override
        public void onCompleted() {
            synchronized (PubSubServer.this) {
                subscriptions.remove(this);
            }
        }
    }

    PubSubServer() throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(this)
                .intercept(new ServerInterceptor() {
                    @Override
                    public <Q, A> ServerCall.Listener<Q> interceptCall(
                            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
                        tenants.add(String.valueOf(
                                headers.get(Metadata.Key.of("tenantid", Metadata.ASCII_STRING_MARSHALLER))));
                        return next.startCall(call, headers);
                    }
                })
                .build()
                .start();
    }

    @Override
    public String[] parameters() {
        return new String[] {"stream", "pubsub", "pubsub_url", "http://127.0.0.1:" + server.getPort()};
    }

    @Override
    public synchronized void tell(Told... events) {
        log.addAll(List.of(events));
        List.copyOf(subscriptions).forEach(Subscription::send);
    }

    @Override
    public synchronized int listeners() {
        return (int) subscriptions.stream()
                .filter(subscription -> subscription.next >= 0)
                .count();
    }

    @Override
    public synchronized void cut() {
        List.copyOf(subscriptions).forEach(subscription -> subscription.end(Status.UNAVAILABLE.asRuntimeException()));
    }

    @Override
    public synchronized void forget() {
        forgotten = log.size() + 1;
        log.add(Told.of("UPDATE", java.time.Instant.EPOCH));
    }

    @Override
    public synchronized int lost() {
        return lost;
    }

    /** The organisations that whoever called named. */
    Set<String> tenants() {
        return tenants;
    }

    @Override
    public StreamObserver<FetchRequest> subscribe(StreamObserver<FetchResponse> client) {
        Subscription subscription = new Subscription(client);
        synchronized (this) {
            subscriptions.add(subscription);
        }
        return subscription;
    }

    @Override
    public void getSchema(SchemaRequest request, StreamObserver<SchemaInfo> client) {
        client.onNext(SchemaInfo.newBuilder()
                .setSchemaId(request.getSchemaId())
                .setSchemaJson(SCHEMA.toString())
                .build());
        client.onCompleted();
    }

    private static ByteString replay(int number) {
        return ByteString.copyFrom(ByteBuffer.allocate(8).putLong(number).array());
    }

    private static int number(ByteString replay) {
        return (int) replay.asReadOnlyByteBuffer().getLong();
    }

    private static byte[] payload(Told told) {
        GenericRecordBuilder record = new GenericRecordBuilder(SCHEMA);
        BigInteger changed = BigInteger.ZERO;
        BigInteger nulled = BigInteger.ZERO;
        for (Map.Entry<String, Object> field : told.fields().entrySet()) {
            Schema.Field known = SCHEMA.getField(field.getKey());
            if (known == null) {
                continue;
            }
            changed = changed.setBit(known.pos());
            if (field.getValue() == null) {
                nulled = nulled.setBit(known.pos());
            } else {
                record.set(known, avro(known, field.getValue()));
            }
        }
        Schema headers = SCHEMA.getField("ChangeEventHeader").schema();
        record.set(
                "ChangeEventHeader",
                new GenericRecordBuilder(headers)
                        .set("entityName", "Opportunity")
                        .set("recordIds", told.ids())
                        .set(
                                "changeType",
                                new GenericData.EnumSymbol(
                                        headers.getField("changeType").schema(), told.changeType()))
                        .set("commitTimestamp", told.at().toEpochMilli())
                        .set("changedFields", told.changeType().equals("UPDATE") ? bitmap(changed) : List.of())
                        .set("nulledFields", bitmap(nulled))
                        .build());
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            new GenericDatumWriter<GenericRecord>(SCHEMA).write(record.build(), encoder);
            encoder.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object avro(Schema.Field field, Object value) {
        if ("Data:DateOnly".equals(field.doc())) {
            return LocalDate.parse(value.toString())
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant()
                    .toEpochMilli();
        }
        if ("Data:DateTime".equals(field.doc())) {
            return java.time.Instant.parse(value.toString()).toEpochMilli();
        }
        return value instanceof Number number ? number.doubleValue() : value;
    }

    private static List<String> bitmap(BigInteger bits) {
        return bits.signum() == 0 ? List.of() : List.of("0x" + bits.toString(16).toUpperCase(java.util.Locale.ROOT));
    }

    /** As GetSchema answers for {@code OpportunityChangeEvent}, with fewer fields. */
    private static Schema schema() {
        return new Schema.Parser().parse("""
                {"type": "record", "name": "OpportunityChangeEvent", "namespace": "com.sforce.eventbus", "fields": [
                  {"name": "ChangeEventHeader", "type": {"type": "record", "name": "ChangeEventHeader", "fields": [
                    {"name": "entityName", "type": "string"},
                    {"name": "recordIds", "type": {"type": "array", "items": "string"}},
                    {"name": "changeType", "type": {"type": "enum", "name": "ChangeType", "symbols": [
                      "CREATE", "UPDATE", "DELETE", "UNDELETE", "GAP_CREATE", "GAP_UPDATE", "GAP_DELETE", "GAP_UNDELETE",
                      "GAP_OVERFLOW", "SNAPSHOT"]}},
                    {"name": "commitTimestamp", "type": "long"},
                    {"name": "nulledFields", "type": {"type": "array", "items": "string"}},
                    {"name": "changedFields", "type": {"type": "array", "items": "string"}}]}},
                  {"name": "AccountId", "type": ["null", "string"], "doc": "Data:EntityId", "default": null},
                  {"name": "Name", "type": ["null", "string"], "doc": "Data:Text", "default": null},
                  {"name": "Description", "type": ["null", "string"], "doc": "Data:LongTextArea", "default": null},
                  {"name": "StageName", "type": ["null", "string"], "doc": "Data:DynamicEnum", "default": null},
                  {"name": "Amount", "type": ["null", "double"], "doc": "Data:Currency", "default": null},
                  {"name": "Probability", "type": ["null", "double"], "doc": "Data:Percent", "default": null},
                  {"name": "CloseDate", "type": ["null", "long"], "doc": "Data:DateOnly", "default": null},
                  {"name": "NextStep", "type": ["null", "string"], "doc": "Data:Text", "default": null},
                  {"name": "LastModifiedDate", "type": ["null", "long"], "doc": "Data:DateTime", "default": null}]}
                """);
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
