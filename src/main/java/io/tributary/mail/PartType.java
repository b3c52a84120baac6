package io.tributary.mail;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.james.mime4j.stream.NameValuePair;
import org.apache.james.mime4j.stream.ParserCursor;
import org.apache.james.mime4j.stream.RawFieldParser;
import org.apache.james.mime4j.util.ByteSequence;
import org.apache.james.mime4j.util.ContentUtil;
import org.apache.james.mime4j.util.MimeParameterMapping;
import org.jspecify.annotations.Nullable;

/** A field such as {@code text/plain; charset=utf-8}: a value and its parameters (RFC 2045, 2231). */
final class PartType {
    private static final int LONGEST = 4_000;
    static final PartType NONE = new PartType("", new MimeParameterMapping(), Map.of());

    private final String value;
    private final MimeParameterMapping parameters;
    private final Map<String, String> plain;

    private PartType(String value, MimeParameterMapping parameters, Map<String, String> plain) {
        this.value = value;
        this.parameters = parameters;
        this.plain = plain;
    }

    static PartType of(@Nullable String written) {
        if (written == null) {
            return NONE;
        }
        String field = written.length() > LONGEST ? written.substring(0, LONGEST) : written;
        ByteSequence bytes = ContentUtil.encode(java.nio.charset.StandardCharsets.UTF_8, field);
        ParserCursor cursor = new ParserCursor(0, bytes.length());
        RawFieldParser parser = RawFieldParser.DEFAULT;
        String value = parser.parseValue(bytes, cursor, RawFieldParser.INIT_BITSET(';'));
        MimeParameterMapping mapping = new MimeParameterMapping();
        Map<String, String> plain = new java.util.HashMap<>();
        if (!cursor.atEnd()) {
            cursor.updatePos(cursor.getPos() + 1);
            List<NameValuePair> pairs = parser.parseParameters(bytes, cursor);
            for (NameValuePair pair : pairs) {
                String given = pair.getValue() == null ? "" : pair.getValue();
                try {
                    mapping.addParameter(pair.getName(), given);
                } catch (RuntimeException broken) {
                    // A parameter that is not encoded as it says is taken as it stands.
                }
                plain.putIfAbsent(pair.getName().toLowerCase(Locale.ROOT), given);
            }
        }
        return new PartType(value.strip().toLowerCase(Locale.ROOT), mapping, plain);
    }

    /** The value without parameters, lower case; empty without a field. */
    String value() {
        return value;
    }

    @Nullable
    String parameter(String name) {
        String known = null;
        try {
            known = parameters.get(name);
        } catch (RuntimeException broken) {
            // As above.
        }
        if (known == null) {
            known = plain.get(name);
        }
        return known == null || known.isBlank() ? null : HeaderFields.decoded(known.strip());
    }
}
