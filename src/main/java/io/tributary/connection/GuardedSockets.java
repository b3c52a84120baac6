package io.tributary.connection;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import javax.net.SocketFactory;

/**
 * Sockets that ask the {@link AddressGuard} at each connect. Jakarta Mail takes one as
 * {@code mail.<protocol>.socketFactory}, and lays TLS over its sockets by itself.
 */
public final class GuardedSockets extends SocketFactory {
    private static final int CONNECT_MILLIS = 10_000;

    private final AddressGuard guard;

    public GuardedSockets(AddressGuard guard) {
        this.guard = guard;
    }

    @Override
    public Socket createSocket() {
        return new GuardedSocket(guard);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(InetSocketAddress.createUnresolved(host, port), null);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return connected(InetSocketAddress.createUnresolved(host, port), new InetSocketAddress(local, localPort));
    }

    @Override
    public Socket createSocket(InetAddress address, int port) throws IOException {
        return connected(new InetSocketAddress(address, port), null);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress local, int localPort) throws IOException {
        return connected(new InetSocketAddress(address, port), new InetSocketAddress(local, localPort));
    }

    private Socket connected(InetSocketAddress target, @org.jspecify.annotations.Nullable SocketAddress local)
            throws IOException {
        Socket socket = createSocket();
        try {
            if (local != null) {
                socket.bind(local);
            }
            socket.connect(target, CONNECT_MILLIS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static final class GuardedSocket extends Socket {
        private final AddressGuard guard;

        GuardedSocket(AddressGuard guard) {
            this.guard = guard;
        }

        @Override
        public void connect(SocketAddress target) throws IOException {
            connect(target, CONNECT_MILLIS);
        }

        @Override
        public void connect(SocketAddress target, int timeoutMillis) throws IOException {
            if (!(target instanceof InetSocketAddress address)) {
                throw new SocketException("only internet addresses are reached");
            }
            if (address.getAddress() != null) {
                guard.check(address.getAddress());
                super.connect(address, timeoutMillis);
            } else {
                InetAddress first = guard.resolve(address.getHostString()).get(0);
                super.connect(new InetSocketAddress(first, address.getPort()), timeoutMillis);
            }
        }
    }
}
