package io.tributary.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Strict JSON (RFC 8259): UTF-8 only, one value, no trailing text, numbers with a point as decimals. */
public final class Json {
    /** Nesting deeper than this is refused as unreadable. */
    private static final int DEPTH = 200;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH)
                            .maxNumberLength(1000)
                            .maxStringLength(20_000_000)
                            .build())
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .build();

    /** What the database gives back: a number that was sent as 1e5000 has five thousand digits there. */
    private static final ObjectMapper STORED = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNumberLength(200_000)
                            .maxStringLength(100_000_000)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Json() {}

    /**
     * The value in {@code body}: a Map, List, String, Integer, Long, BigInteger, BigDecimal, Boolean or null.
     *
     * @throws UnreadableJsonException when it is not one JSON value in UTF-8
     */
    public static @Nullable Object read(byte[] body) throws UnreadableJsonException {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw new UnreadableJsonException("The body is not UTF-8.", notUtf8);
        }
        return read(text);
    }

    /** The value in {@code text}, as {@link #read(byte[])}. */
    public static @Nullable Object read(String text) throws UnreadableJsonException {
        if (text.isBlank()) {
            throw new UnreadableJsonException("The body is empty.", null);
        }
        try {
            return MAPPER.readValue(text, Object.class);
        } catch (JsonProcessingException e) {
            var place = e.getLocation();
            throw new UnreadableJsonException(
                    place == null || place.getLineNr() < 1
                            ? "The body is not JSON."
                            : "The body is not JSON: see line " + place.getLineNr() + ", column " + place.getColumnNr()
                                    + ".",
                    e);
        } catch (NumberFormatException beyondEveryNumber) {
            throw new UnreadableJsonException(
                    "The body holds a number that is too large to be one.", beyondEveryNumber);
        }
    }

    /** An object that the hub itself has written, as from a JSON column. */
    @SuppressWarnings("unchecked")
    public static Map<String, @Nullable Object> readObject(String text) {
        try {
            return (Map<String, @Nullable Object>) STORED.readValue(text, Map.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored JSON is not an object", e);
        }
    }

    /** Any value that the hub itself has written. */
    public static @Nullable Object readStored(@Nullable String text) {
        try {
            return text == null ? null : STORED.readValue(text, Object.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored text is not JSON", e);
        }
    }

    public static String write(@Nullable Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("writing JSON", e);
        }
    }

    public static byte[] writeBytes(@Nullable Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("writing JSON", e);
        }
    }

    /** The mapper behind it, for streaming. */
    public static ObjectMapper mapper() {
        return MAPPER;
    }
}
