package io.tributary.http;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.tributary.answer.SoapAnswer;
import io.tributary.tenant.Caller;
import io.tributary.tenant.Scope;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.auth.User;
import jakarta.activation.DataHandler;
import java.io.File;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.StreamCache;
import org.apache.camel.attachment.AttachmentMessage;
import org.apache.camel.attachment.CamelFileDataSource;
import org.apache.camel.component.platform.http.vertx.HttpMessage;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConstants;
import org.jspecify.annotations.Nullable;

/**
 * Opens a request: checks the caller's scope and turns it into a {@link Call}. All headers are dropped, since query
 * parameters and form fields arrive among them and would otherwise steer the route.
 */
public final class Intake {
    private static final byte[] NOTHING = new byte[0];

    /** Opens a request that needs {@code scope}. */
    public void open(Exchange exchange, String scope) {
        Call call = read(exchange);
        exchange.setProperty(Respond.REQUEST_ID, call.requestId());
        exchange.setProperty(
                Respond.SOAP,
                call.uri().startsWith(SourcePaths.OUTBOUND_MESSAGES) && SoapAnswer.isFor(call.contentType()));
        Scope needed = Scope.ofCode(scope).orElseThrow(() -> new IllegalArgumentException("no scope " + scope));
        boolean formMayIngest = needed == Scope.FORM && call.caller().may(Scope.INGEST);
        if (!formMayIngest) {
            Gate.require(call.caller(), needed);
        }
        accept(exchange, call);
    }

    /** Opens a request that needs {@code scope} and whose body is read as a stream, left in the property {@code lines}. */
    public void openStream(Exchange exchange, String scope) {
        exchange.setProperty("lines", exchange.getMessage().getBody(InputStream.class));
        exchange.getMessage().setBody(null);
        open(exchange, scope);
    }

    /** Opens a request of the hub's operator, whom the gate has let in by the admin key. */
    public void openAdmin(Exchange exchange) {
        accept(exchange, read(exchange));
    }

    private static void accept(Exchange exchange, Call call) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setBody(call);
        exchange.setProperty(Respond.REQUEST_ID, call.requestId());
    }

    private static Call read(Exchange exchange) {
        HttpMessage message = exchange.getMessage(HttpMessage.class);
        HttpServerRequest request = message.getRequest();
        String path = request.path();
        String prefix = SourcePaths.BASE + "/";
        return new Call(
                caller(message),
                request.method().name(),
                path.startsWith(prefix) ? path.substring(prefix.length()) : path.substring(1),
                request.uri(),
                query(request),
                headers(request.headers()),
                body(message),
                form(request),
                files(exchange),
                request.remoteAddress() == null
                        ? "unknown"
                        : String.valueOf(request.remoteAddress().hostAddress()),
                Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE));
    }

    private static byte[] body(HttpMessage message) {
        Object body = message.getBody();
        if (body instanceof Buffer buffer) {
            return buffer.getBytes();
        }
        // Camel keeps a body it has seen in a cache that can be read again.
        return body instanceof StreamCache ? message.getBody(byte[].class) : NOTHING;
    }

    private static Caller caller(HttpMessage message) {
        User user = message.getHeader(VertxPlatformHttpConstants.AUTHENTICATED_USER, User.class);
        return user != null && user.attributes().getValue(Gate.CALLER) instanceof Caller caller
                ? caller
                : Operator.CALLER;
    }

    private static Map<String, String> query(HttpServerRequest request) {
        Map<String, String> query = new LinkedHashMap<>();
        if (request.query() != null) {
            new QueryStringDecoder("?" + request.query(), StandardCharsets.UTF_8)
                    .parameters()
                    .forEach((name, values) -> query.put(name, values.isEmpty() ? "" : values.get(0)));
        }
        return query;
    }

    private static Map<String, String> headers(MultiMap headers) {
        Map<String, String> byName = new LinkedHashMap<>();
        headers.forEach(header -> byName.putIfAbsent(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        return byName;
    }

    private static Map<String, Object> form(HttpServerRequest request) {
        MultiMap attributes = request.formAttributes();
        Map<String, Object> form = new LinkedHashMap<>();
        for (String name : attributes.names()) {
            List<String> values = attributes.getAll(name);
            form.put(name, values.size() == 1 ? values.get(0) : values);
        }
        return form;
    }

    private static Map<String, Call.Upload> files(Exchange exchange) {
        Map<String, Call.Upload> files = new LinkedHashMap<>();
        AttachmentMessage attachments = exchange.getMessage(AttachmentMessage.class);
        if (attachments != null && attachments.hasAttachments()) {
            for (Map.Entry<String, DataHandler> entry :
                    attachments.getAttachments().entrySet()) {
                File file = fileOf(entry.getValue());
                if (file != null) {
                    files.put(entry.getKey(), new Call.Upload(entry.getValue().getName(), file.toPath()));
                }
            }
        }
        return files;
    }

    private static @Nullable File fileOf(DataHandler attachment) {
        return attachment.getDataSource() instanceof CamelFileDataSource source ? source.getFile() : null;
    }
}
