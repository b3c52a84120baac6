package io.tributary.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
    private final AddressGuard open = new AddressGuard(true);
    private final AddressGuard closed = new AddressGuard(false);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.0.9",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "100.64.0.1",
                "198.18.0.1",
                "::1",
                "::",
                "fc00::1",
                "fdff::1",
                "::ffff:127.0.0.1",
                "::127.0.0.1",
                "64:ff9b::10.0.0.1",
                "2002:7f00:1::",
                "2001:0:1:2:3:4:80ff:fffe",
                "2130706433"
            })
    void loopback_and_private_addresses_are_reached_only_where_the_operator_allows_it(String address) throws Exception {
        assertThat(open.resolve(address)).hasSize(1);
        assertThatThrownBy(() -> closed.resolve(address)).isInstanceOf(ForbiddenAddressException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "fe80::1",
                "::ffff:169.254.169.254",
                "2002:a9fe:a9fe::",
                "64:ff9b::a9fe:a9fe",
                "224.0.0.1",
                "255.255.255.255",
                "ff02::1"
            })
    void link_local_and_reserved_addresses_are_never_reached(String address) {
        assertThatThrownBy(() -> open.resolve(address)).isInstanceOf(ForbiddenAddressException.class);
        assertThatThrownBy(() -> closed.resolve(address)).isInstanceOf(ForbiddenAddressException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "172.32.0.1",
                "100.128.0.1",
                "169.253.0.1",
                "2606:4700::1111",
                "2002:808:808::",
                "[2606:4700::1111]"
            })
    void public_addresses_are_reached(String address) throws Exception {
        assertThat(closed.resolve(address)).hasSize(1);
    }

    @Test
    void a_host_with_one_forbidden_address_among_others_is_not_reached() {
        AddressGuard guard =
                new AddressGuard(false, host -> new InetAddress[] {address("8.8.8.8"), address("127.0.0.1")});

        assertThatThrownBy(() -> guard.resolve("mixed.example")).isInstanceOf(ForbiddenAddressException.class);
    }

    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }
}
