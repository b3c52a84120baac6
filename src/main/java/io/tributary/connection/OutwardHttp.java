package io.tributary.connection;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;

/**
 * The HTTP client of every call to the outside: it connects only to addresses that the {@link AddressGuard} lets pass,
 * follows no redirect, keeps no cookie, tries nothing twice, and waits and reads only so long. Blocking; safe for use by
 * many threads.
 */
public final class OutwardHttp implements AutoCloseable {
    private static final Timeout CONNECT = Timeout.ofSeconds(5);
    private static final int CONNECTIONS = 400;
    private static final int CONNECTIONS_TO_ONE_HOST = 40;

    private final CloseableHttpClient client;

    public OutwardHttp(AddressGuard guard) {
        client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new GuardedResolver(guard))
                        .setMaxConnTotal(CONNECTIONS)
                        .setMaxConnPerRoute(CONNECTIONS_TO_ONE_HOST)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(CONNECT)
                                .setSocketTimeout(Timeout.ofSeconds(15))
                                .setTimeToLive(Timeout.ofMinutes(5))
                                .build())
                        .build())
                .setUserAgent("Tributary")
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableAutomaticRetries()
                .build();
    }

    private record GuardedResolver(AddressGuard guard) implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            try {
                return guard.resolve(host).toArray(InetAddress[]::new);
            } catch (ForbiddenAddressException e) {
                // The one exception that the client lets pass from here.
                throw (UnknownHostException) new UnknownHostException(host).initCause(e);
            }
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    /**
     * Sends a request and reads the answer, of whatever status.
     *
     * @throws OutwardException when there was none in time, or it was too long
     */
    public OutwardResponse send(OutwardRequest request) throws OutwardException {
        String scheme = String.valueOf(request.uri().getScheme()).toLowerCase(Locale.ROOT);
        if (request.uri().getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
            throw new OutwardException("the address is no http or https URL with a host");
        }
        HttpUriRequestBase call = new HttpUriRequestBase(request.method(), request.uri());
        call.setConfig(RequestConfig.custom()
                .setConnectionRequestTimeout(CONNECT)
                .setResponseTimeout(Timeout.of(request.timeout()))
                .setRedirectsEnabled(false)
                .build());
        request.headers().forEach(call::setHeader);
        if (request.body().length > 0) {
            String type = request.headers().get("Content-Type");
            call.setEntity(new ByteArrayEntity(request.body(), type == null ? null : ContentType.parse(type)));
        }
        long deadline = System.nanoTime() + request.timeout().toNanos();
        try {
            return client.execute(call, response -> read(response, request.longestAnswer(), deadline));
        } catch (IOException e) {
            throw told(e, request.uri().getHost(), request.timeout());
        }
    }

    private static OutwardResponse read(ClassicHttpResponse response, int longest, long deadline) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        response.headerIterator()
                .forEachRemaining(header -> headers.putIfAbsent(
                        header.getName().toLowerCase(Locale.ROOT), String.valueOf(header.getValue())));
        HttpEntity entity = response.getEntity();
        byte[] body = entity == null ? new byte[0] : body(entity.getContent(), longest, deadline);
        return new OutwardResponse(response.getCode(), headers, body);
    }

    private static byte[] body(InputStream content, int longest, long deadline) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] piece = new byte[16 * 1024];
        for (int read = content.read(piece); read >= 0; read = content.read(piece)) {
            if (body.size() + read > longest) {
                throw new OutwardException("the answer is longer than " + longest + " bytes");
            }
            if (System.nanoTime() - deadline > 0) {
                throw new SocketTimeoutException("too slow");
            }
            body.write(piece, 0, read);
        }
        return body.toByteArray();
    }

    /** The failure in words of our own: a library's may hold addresses, paths or parts of the request. */
    private static OutwardException told(IOException failure, String host, Duration timeout) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutwardException told) {
                return told;
            }
            if (cause instanceof ForbiddenAddressException forbidden) {
                return new OutwardException(host + " is not reached: " + forbidden.getMessage(), failure);
            }
        }
        if (failure instanceof ConnectTimeoutException) {
            return new OutwardException("connecting to " + host + " took longer than 5 seconds", failure);
        }
        if (failure instanceof UnknownHostException) {
            return new OutwardException("there is no host " + host, failure);
        }
        if (failure instanceof java.net.ConnectException) {
            return new OutwardException(host + " does not accept the connection", failure);
        }
        if (failure instanceof SSLException) {
            return new OutwardException("no trusted TLS connection to " + host + " came about", failure);
        }
        if (failure instanceof InterruptedIOException) {
            return new OutwardException(host + " did not answer within " + timeout.toSeconds() + " seconds", failure);
        }
        return new OutwardException("the connection to " + host + " broke", failure);
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
