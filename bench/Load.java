import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sends POST requests over connections that are kept, each the next line of a file, one at a time a connection, and prints
 * what came of them as one line of JSON. One thread, so that the machine is left to what is measured.
 *
 * <p>Arguments: port, path, key, file of bodies, how many lines of it to pass over, connections, seconds.
 */
public final class Load {
    private final List<byte[]> requests = new ArrayList<>();
    private final Map<Integer, Integer> statuses = new TreeMap<>();
    private long[] nanos = new long[1 << 16];
    private int answers;
    private int next;

    private static final class Line {
        private final ByteBuffer in = ByteBuffer.allocate(1 << 17);
        private ByteBuffer out = ByteBuffer.allocate(0);
        private long sent;
    }

    public static void main(String[] arguments) throws IOException {
        Load load = new Load();
        int port = Integer.parseInt(arguments[0]);
        String head = "POST " + arguments[1] + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Authorization: Bearer " + arguments[2] + "\r\nContent-Length: ";
        try (var lines = Files.lines(Path.of(arguments[3]))) {
            lines.skip(Integer.parseInt(arguments[4])).forEach(line -> load.add(head, line));
        }
        load.run(port, Integer.parseInt(arguments[5]), Double.parseDouble(arguments[6]));
    }

    private void add(String head, String body) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        byte[] start = (head + content.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] request = Arrays.copyOf(start, start.length + content.length);
        System.arraycopy(content, 0, request, start.length, content.length);
        requests.add(request);
    }

    private void run(int port, int connections, double seconds) throws IOException {
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < connections; i++) {
                SocketChannel channel = SocketChannel.open(new InetSocketAddress("localhost", port));
                channel.configureBlocking(false);
                channel.socket().setTcpNoDelay(true);
                send(channel.register(selector, SelectionKey.OP_READ, new Line()));
            }
            long began = System.nanoTime();
            long end = began + (long) (seconds * 1e9);
            int open = connections;
            while (open > 0) {
                selector.select(30_000);
                if (selector.selectedKeys().isEmpty()) {
                    throw new IOException("no answer within 30 s");
                }
                for (SelectionKey key : selector.selectedKeys()) {
                    if (key.isWritable()) {
                        flush(key);
                    } else if (received(key)) {
                        if (System.nanoTime() < end && next < requests.size()) {
                            send(key);
                        } else {
                            key.channel().close();
                            open--;
                        }
                    }
                }
                selector.selectedKeys().clear();
            }
            print((System.nanoTime() - began) / 1e9);
        }
    }

    private void send(SelectionKey key) throws IOException {
        Line line = (Line) key.attachment();
        line.in.clear();
        line.out = ByteBuffer.wrap(requests.get(next++));
        line.sent = System.nanoTime();
        flush(key);
    }

    private static void flush(SelectionKey key) throws IOException {
        Line line = (Line) key.attachment();
        ((SocketChannel) key.channel()).write(line.out);
        key.interestOps(line.out.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }

    /** Reads what is there; true when an answer is complete. */
    private boolean received(SelectionKey key) throws IOException {
        Line line = (Line) key.attachment();
        if (((SocketChannel) key.channel()).read(line.in) < 0) {
            throw new IOException("the connection was closed");
        }
        byte[] bytes = line.in.array();
        int length = line.in.position();
        for (int i = 3; i < length; i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n') {
                String head = new String(bytes, 0, i, StandardCharsets.US_ASCII);
                int at = head.toLowerCase().indexOf("content-length:") + "content-length:".length();
                int body = Integer.parseInt(head.substring(at, head.indexOf('\r', at)).strip());
                if (length < i + 1 + body) {
                    return false;
                }
                statuses.merge(Integer.parseInt(head.substring(9, 12)), 1, Integer::sum);
                if (answers == nanos.length) {
                    nanos = Arrays.copyOf(nanos, 2 * answers);
                }
                nanos[answers++] = System.nanoTime() - line.sent;
                return true;
            }
        }
        return false;
    }

    private void print(double seconds) {
        long[] sorted = Arrays.copyOf(nanos, answers);
        Arrays.sort(sorted);
        StringBuilder counts = new StringBuilder();
        statuses.forEach((status, count) ->
                counts.append(counts.isEmpty() ? "" : ", ").append('"').append(status).append("\": ").append(count));
        System.out.printf(
                java.util.Locale.ROOT,
                "{\"answers\": %d, \"rate\": %.1f, \"p50\": %.3f, \"p99\": %.3f, \"statuses\": {%s}}%n",
                answers, answers / seconds, sorted[answers / 2] / 1e6, sorted[(int) (answers * 0.99)] / 1e6, counts);
    }
}
