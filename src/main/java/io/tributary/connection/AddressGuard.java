package io.tributary.connection;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Says which addresses a connection may reach. Link-local ones, where clouds keep their credentials, and those that are
 * no single host's are refused always; loopback and private ones unless the operator allows them. It is asked with each
 * connect, and what connects goes to the addresses it was given, so a name that changes its address gains nothing.
 */
public final class AddressGuard {
    private final boolean privateAllowed;
    private final Resolver resolver;

    /** Finds the addresses of a host. */
    @FunctionalInterface
    public interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    /** @param privateAllowed whether loopback and private addresses may be reached */
    public AddressGuard(boolean privateAllowed) {
        this(privateAllowed, InetAddress::getAllByName);
    }

    public AddressGuard(boolean privateAllowed, Resolver resolver) {
        this.privateAllowed = privateAllowed;
        this.resolver = resolver;
    }

    /**
     * The addresses of {@code host}, every one of which may be reached. Connect to one of these, not to the name.
     *
     * @throws UnknownHostException when the host has none
     * @throws ForbiddenAddressException when one of them may not be reached
     */
    public List<InetAddress> resolve(String host) throws UnknownHostException, ForbiddenAddressException {
        InetAddress[] addresses = resolver.resolve(bare(host));
        for (InetAddress address : addresses) {
            check(address);
        }
        return List.of(addresses);
    }

    /** Refuses an address that may not be reached. */
    public void check(InetAddress address) throws ForbiddenAddressException {
        byte[] bytes = plain(address);
        if (isNeverReached(bytes)) {
            throw new ForbiddenAddressException("the host resolves to a link-local or reserved address");
        }
        if (!privateAllowed && isPrivate(bytes)) {
            throw new ForbiddenAddressException(
                    "the host resolves to a loopback or private address, which this hub does not reach");
        }
    }

    private static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    /** The IPv4 address that an IPv6 one stands for, where it does; else the address itself. */
    private static byte[] plain(InetAddress address) {
        byte[] a = address.getAddress();
        if (address instanceof Inet4Address) {
            return a;
        }
        boolean mapped = isZero(a, 0, 10) && (a[10] & a[11] & 0xff) == 0xff;
        boolean translated = u(a, 0) == 0x00 && u(a, 1) == 0x64 && u(a, 2) == 0xff && u(a, 3) == 0x9b;
        if (mapped
                || translated
                || (address instanceof Inet6Address v6 && v6.isIPv4CompatibleAddress() && !isLocal(a))) {
            return new byte[] {a[12], a[13], a[14], a[15]};
        }
        if (u(a, 0) == 0x20 && u(a, 1) == 0x02) {
            return new byte[] {a[2], a[3], a[4], a[5]};
        }
        if (u(a, 0) == 0x20 && u(a, 1) == 0x01 && u(a, 2) == 0 && u(a, 3) == 0) {
            return new byte[] {(byte) ~a[12], (byte) ~a[13], (byte) ~a[14], (byte) ~a[15]};
        }
        return a;
    }

    /** Link-local, multicast, broadcast and what is kept for the future. */
    private static boolean isNeverReached(byte[] a) {
        if (a.length == 4) {
            return (u(a, 0) == 169 && u(a, 1) == 254) || u(a, 0) >= 224;
        }
        return (u(a, 0) == 0xfe && (u(a, 1) & 0xc0) == 0x80) || u(a, 0) == 0xff;
    }

    /** This host, networks that are not routed, carriers' and benchmark networks. */
    private static boolean isPrivate(byte[] a) {
        if (a.length == 4) {
            int first = u(a, 0);
            int second = u(a, 1);
            return first == 0
                    || first == 10
                    || first == 127
                    || (first == 100 && (second & 0xc0) == 64)
                    || (first == 172 && (second & 0xf0) == 16)
                    || (first == 192 && second == 168)
                    || (first == 192 && second == 0 && u(a, 2) == 0)
                    || (first == 198 && (second & 0xfe) == 18);
        }
        return isLocal(a) || (u(a, 0) & 0xfe) == 0xfc || (u(a, 0) == 0xfe && (u(a, 1) & 0xc0) == 0xc0);
    }

    /** {@code ::} and {@code ::1}. */
    private static boolean isLocal(byte[] a) {
        return isZero(a, 0, 15) && u(a, 15) <= 1;
    }

    private static boolean isZero(byte[] a, int from, int to) {
        for (int i = from; i < to; i++) {
            if (a[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static int u(byte[] a, int i) {
        return a[i] & 0xff;
    }
}
