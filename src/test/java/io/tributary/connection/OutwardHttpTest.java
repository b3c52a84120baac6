package io.tributary.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.testing.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OutwardHttpTest {
    private final OutwardHttp open = new OutwardHttp(new AddressGuard(true));
    private final OutwardHttp closed = new OutwardHttp(new AddressGuard(false));

    @Test
    void a_call_arrives_with_its_headers_and_body() throws IOException {
        try (Target target = Target.answering(201)) {
            OutwardResponse response = open.send(OutwardRequest.json("PATCH", target.url() + "/a?b=c", Map.of("x", 1))
                    .bearer("token"));

            assertThat(response.status()).isEqualTo(201);
            Target.Received received = target.received().get(0);
            assertThat(received.method()).isEqualTo("PATCH");
            assertThat(received.header("Authorization")).isEqualTo("Bearer token");
            assertThat(received.header("Content-Type")).isEqualTo("application/json");
            assertThat(received.body()).isEqualTo("{\"x\":1}");
        }
    }

    @Test
    void a_form_is_encoded() throws IOException {
        try (Target target = Target.answering(200)) {
            open.send(OutwardRequest.form(target.url() + "/token", Map.of("grant_type", "a b&c")));

            assertThat(target.received().get(0).body()).isEqualTo("grant_type=a+b%26c");
        }
    }

    @Test
    void loopback_is_not_reached_where_it_is_not_allowed() {
        try (Target target = Target.answering(200)) {
            assertThatThrownBy(() -> closed.send(OutwardRequest.get(target.url())))
                    .isInstanceOf(OutwardException.class)
                    .hasMessageContaining("loopback or private");
            assertThatThrownBy(() -> closed.send(OutwardRequest.get(target.url().replace("127.0.0.1", "2130706433"))))
                    .isInstanceOf(OutwardException.class);
            assertThat(target.received()).isEmpty();
        }
    }

    @Test
    void link_local_is_never_reached() {
        assertThatThrownBy(() -> open.send(OutwardRequest.get("http://169.254.169.254/latest/meta-data/")))
                .isInstanceOf(OutwardException.class)
                .hasMessageContaining("link-local");
    }

    /** The name leads outside when it is looked up first, and inside ever after. */
    @Test
    void a_name_that_changes_its_address_is_checked_at_the_connect_itself() throws IOException {
        AtomicInteger lookUps = new AtomicInteger();
        AddressGuard guard = new AddressGuard(false, host ->
                new InetAddress[] {InetAddress.getByName(lookUps.getAndIncrement() == 0 ? "192.0.2.1" : "127.0.0.1")});
        assertThat(guard.resolve("rebinding.example")).hasSize(1);
        try (Target target = Target.answering(200);
                OutwardHttp http = new OutwardHttp(guard)) {
            String url = target.url().replace("127.0.0.1", "rebinding.example");

            assertThatThrownBy(() -> http.send(OutwardRequest.get(url))).hasMessageContaining("loopback or private");
            assertThat(target.received()).isEmpty();
        }
        assertThat(lookUps.get()).isGreaterThan(1);
    }

    @Test
    void a_redirect_is_an_answer_and_is_not_followed() throws IOException {
        try (Target target = Target.answering(302)) {
            assertThat(open.send(OutwardRequest.get(target.url())).status()).isEqualTo(302);
            assertThat(target.received()).hasSize(1);
        }
    }

    @Test
    void whoever_does_not_answer_is_left_in_time() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + silent.getLocalPort();

            assertThatThrownBy(() -> open.send(OutwardRequest.get(url).within(Duration.ofSeconds(1))))
                    .isInstanceOf(OutwardException.class)
                    .hasMessageContaining("did not answer within 1 seconds");
        }
    }

    @Test
    void an_endless_answer_is_cut_off() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread endless = new Thread(() -> sendEndlessly(server));
            endless.setDaemon(true);
            endless.start();
            String url = "http://127.0.0.1:" + server.getLocalPort();

            assertThatThrownBy(() -> open.send(OutwardRequest.get(url).atMost(100_000)))
                    .isInstanceOf(OutwardException.class)
                    .hasMessageContaining("longer than 100000 bytes");
        }
    }

    private static void sendEndlessly(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            byte[] piece = new byte[10_000];
            while (!socket.isClosed()) {
                socket.getOutputStream().write(piece);
            }
        } catch (IOException theOtherSideLeft) {
            // As it should.
        }
    }

    @Test
    void sockets_for_other_protocols_ask_the_guard_too() {
        GuardedSockets sockets = new GuardedSockets(new AddressGuard(false));

        assertThatThrownBy(() -> sockets.createSocket("localhost", 25)).isInstanceOf(ForbiddenAddressException.class);
        assertThatThrownBy(() ->
                        sockets.createSocket().connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), 25)))
                .isInstanceOf(ForbiddenAddressException.class);
    }
}
