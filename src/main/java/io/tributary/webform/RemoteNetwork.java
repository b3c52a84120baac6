package io.tributary.webform;

import io.netty.util.NetUtil;
import java.util.Arrays;
import java.util.HexFormat;

/** What counts as one visitor: an IPv4 address, or an IPv6 /64, all of whose addresses one household can use. */
final class RemoteNetwork {
    private static final int PREFIX_BYTES = 8;

    private RemoteNetwork() {}

    /** The network of an address as text; whatever is no IPv6 address stands for itself. */
    static String of(String address) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
        if (bytes == null || bytes.length == 4) {
            return address;
        }
        return HexFormat.of().formatHex(Arrays.copyOf(bytes, PREFIX_BYTES));
    }
}
