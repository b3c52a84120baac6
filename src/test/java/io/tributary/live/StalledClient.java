package io.tributary.live;

import io.tributary.json.Json;
import io.tributary.testing.Tenant;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A client of the live feed that shakes hands and then reads nothing until it is told to: a bare socket. */
final class StalledClient implements AutoCloseable {
    private static final int TEXT = 1;
    private static final int CLOSE = 8;

    private final Socket socket = new Socket();
    private final DataInputStream in;

    private StalledClient(Tenant tenant) throws IOException {
        URI url = URI.create(tenant.url());
        socket.setReceiveBufferSize(4096);
        socket.setSoTimeout(30_000);
        socket.connect(new InetSocketAddress(url.getHost(), url.getPort()));
        String handshake = "GET /ws/deals HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\nUpgrade: websocket\r\n"
                + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + "X-API-Key: " + tenant.key() + "\r\n\r\n";
        socket.getOutputStream().write(handshake.getBytes(StandardCharsets.US_ASCII));
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        String status = line();
        if (!status.contains(" 101 ")) {
            throw new IOException("the handshake was answered " + status);
        }
        while (!line().isEmpty()) {
            // The rest of the answer's head.
        }
    }

    static StalledClient connect(Tenant tenant) throws IOException {
        return new StalledClient(tenant);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    /** Reads on, and gives the numbers of all events up to that one. */
    List<Long> readUpTo(long last) throws IOException {
        List<Long> sequences = new ArrayList<>();
        while (sequences.isEmpty() || sequences.get(sequences.size() - 1) < last) {
            int opcode = in.readUnsignedByte() & 0x0f;
            int length = in.readUnsignedByte();
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = Math.toIntExact(in.readLong());
            }
            byte[] payload = in.readNBytes(length);
            if (opcode == TEXT) {
                Object sequence = Json.readObject(new String(payload, StandardCharsets.UTF_8))
                        .get("sequence");
                sequences.add(((Number) java.util.Objects.requireNonNull(sequence)).longValue());
            } else if (opcode == CLOSE) {
                throw new IOException("the hub closed the socket after " + sequences.size() + " events");
            }
        }
        return sequences;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
