package io.tributary.connection;

/** The ways out of the hub, both guarded: HTTP, and sockets for whatever speaks something else. */
public record Outward(AddressGuard guard, OutwardHttp http) implements AutoCloseable {

    /** Ways out that reach loopback and private addresses only when {@code privateAllowed}. */
    public static Outward of(boolean privateAllowed) {
        AddressGuard guard = new AddressGuard(privateAllowed);
        return new Outward(guard, new OutwardHttp(guard));
    }

    public GuardedSockets sockets() {
        return new GuardedSockets(guard);
    }

    @Override
    public void close() throws java.io.IOException {
        http.close();
    }
}
