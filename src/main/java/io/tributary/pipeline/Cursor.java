package io.tributary.pipeline;

import io.tributary.http.Call;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where a list goes on: the key of the last entry given, in a form that nobody is tempted to make up. */
public final class Cursor {
    /** Later than every id; a list that begins at its newest entry begins before this. */
    private static final UUID LAST_ID = new UUID(-1, -1);

    private static final Instant LAST_MOMENT = Instant.parse("9999-12-31T00:00:00Z");

    private Cursor() {}

    /** A place in a list by age, where two entries may be equally old. */
    record Place(Instant moment, UUID id) {}

    public static String of(UUID id) {
        return text(ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array());
    }

    static String of(long number) {
        return text(ByteBuffer.allocate(8).putLong(number).array());
    }

    static String of(Place place) {
        return text(ByteBuffer.allocate(24)
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, place.moment))
                .putLong(place.id.getMostSignificantBits())
                .putLong(place.id.getLeastSignificantBits())
                .array());
    }

    static String of(String name) {
        return text(name.getBytes(StandardCharsets.UTF_8));
    }

    public static UUID id(Call call) {
        ByteBuffer bytes = bytes(call, 16);
        return bytes == null ? LAST_ID : new UUID(bytes.getLong(), bytes.getLong());
    }

    static long number(Call call) {
        ByteBuffer bytes = bytes(call, 8);
        return bytes == null ? Long.MAX_VALUE : bytes.getLong();
    }

    static Place place(Call call) {
        ByteBuffer bytes = bytes(call, 24);
        if (bytes == null) {
            return new Place(LAST_MOMENT, LAST_ID);
        }
        Instant moment = Instant.EPOCH.plus(bytes.getLong(), ChronoUnit.MICROS);
        if (moment.isBefore(Instant.EPOCH) || moment.isAfter(LAST_MOMENT)) {
            throw broken(call);
        }
        return new Place(moment, new UUID(bytes.getLong(), bytes.getLong()));
    }

    /** The name after which the list goes on; empty at its beginning. */
    static String name(Call call) {
        String name = call.parameter("cursor")
                .map(text -> new String(decoded(call, text), StandardCharsets.UTF_8))
                .orElse("");
        if (name.indexOf('\0') >= 0) {
            throw broken(call);
        }
        return name;
    }

    private static @Nullable ByteBuffer bytes(Call call, int length) {
        String text = call.parameter("cursor").orElse(null);
        if (text == null) {
            return null;
        }
        byte[] bytes = decoded(call, text);
        if (bytes.length != length) {
            throw broken(call);
        }
        return ByteBuffer.wrap(bytes);
    }

    private static byte[] decoded(Call call, String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException notOurs) {
            throw broken(call);
        }
    }

    private static RuntimeException broken(Call call) {
        return Filters.wrong(
                "cursor", call.parameter("cursor").orElse(null), "is none that this list has given as next_cursor");
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
