package io.tributary.webform;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SubmissionRateTest {
    private static final UUID FORM = new UUID(1, 1);
    private static final UUID OTHER_FORM = new UUID(1, 2);

    private final Clock clock = new Clock();
    private final SubmissionRate rate = new SubmissionRate(clock, 3);

    @Test
    void as_many_as_the_key_allows_pass_in_a_minute_and_no_more() {
        assertThat(passed(FORM, 3, "192.0.2.1", 5)).isEqualTo(3);
        clock.pass(Duration.ofSeconds(59));
        assertThat(passed(FORM, 3, "192.0.2.1", 1)).isZero();
        clock.pass(Duration.ofSeconds(1));
        assertThat(passed(FORM, 3, "192.0.2.1", 5)).isEqualTo(3);
    }

    @Test
    void whoever_has_to_wait_is_told_how_many_whole_seconds() {
        passed(FORM, 1, "192.0.2.1", 1);
        clock.pass(Duration.ofMillis(1500));
        assertThat(rate.secondsToWait(FORM, 1, "192.0.2.1")).isEqualTo(59);
    }

    @Test
    void one_visitor_does_not_use_up_what_others_may_send() {
        passed(FORM, 1, "192.0.2.1", 9);
        assertThat(passed(FORM, 1, "192.0.2.2", 1)).isEqualTo(1);
    }

    @Test
    void one_form_does_not_use_up_what_another_may_receive() {
        passed(FORM, 1, "192.0.2.1", 9);
        assertThat(passed(OTHER_FORM, 1, "192.0.2.1", 1)).isEqualTo(1);
    }

    @Test
    void all_addresses_of_an_ipv6_network_are_one_visitor() {
        passed(FORM, 1, "2001:db8:1:2::1", 1);
        assertThat(passed(FORM, 1, "2001:db8:1:2:ffff::9", 1)).isZero();
        assertThat(passed(FORM, 1, "2001:db8:1:3::1", 1)).isEqualTo(1);
    }

    @Test
    void a_changed_limit_counts_from_then_on() {
        passed(FORM, 1, "192.0.2.1", 2);
        assertThat(passed(FORM, 2, "192.0.2.1", 5)).isEqualTo(2);
    }

    @Test
    void no_more_visitors_are_remembered_than_there_is_room_for() {
        for (int i = 0; i < 100; i++) {
            passed(FORM, 1, "192.0.2." + i, 1);
        }
        assertThat(rate.remembered()).isEqualTo(3);
        assertThat(passed(FORM, 1, "192.0.2.99", 1)).isZero();
    }

    private int passed(UUID form, int perMinute, String address, int tries) {
        int passed = 0;
        for (int i = 0; i < tries; i++) {
            passed += rate.secondsToWait(form, perMinute, address) == 0 ? 1 : 0;
        }
        return passed;
    }

    private static final class Clock implements TimeMeter {
        private long nanos = 42;

        void pass(Duration time) {
            nanos += time.toNanos();
        }

        @Override
        public long currentTimeNanos() {
            return nanos;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
