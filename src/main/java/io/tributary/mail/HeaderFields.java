package io.tributary.mail;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.util.ByteSequence;
import org.jspecify.annotations.Nullable;

/** The header fields of a mail or of one of its parts, as written, by lower-case name. */
final class HeaderFields {
    private static final int LONGEST = 100_000;

    private final Map<String, List<String>> values = new LinkedHashMap<>();

    void add(Field field) {
        String name = field.getName();
        if (name == null) {
            return;
        }
        ByteSequence raw = field.getRaw();
        String text = raw == null ? field.getBody() : afterColon(MailCharset.decode(raw.toByteArray(), null));
        add(name, text == null ? "" : text);
    }

    void add(String name, String value) {
        List<String> known = values.computeIfAbsent(name.strip().toLowerCase(Locale.ROOT), key -> new ArrayList<>(1));
        if (known.size() < 100) {
            known.add(unfold(value.length() > LONGEST ? value.substring(0, LONGEST) : value));
        }
    }

    private static @Nullable String afterColon(String line) {
        int colon = line.indexOf(':');
        return colon < 0 ? null : line.substring(colon + 1);
    }

    /** Folded lines are one line; stray carriage returns and tabs are spaces. */
    private static String unfold(String value) {
        StringBuilder text = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\r' || c == '\n') {
                continue;
            }
            text.append(c == '\t' || c == '\0' ? ' ' : c);
        }
        return text.toString().strip();
    }

    /** The first field of this name as written; null when there is none. */
    @Nullable
    String raw(String name) {
        List<String> all = values.get(name);
        return all == null ? null : all.get(0);
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** The first field of this name that says anything, with its encoded words decoded. */
    @Nullable
    String text(String name) {
        for (String value : all(name)) {
            if (!value.isBlank()) {
                return decoded(value);
            }
        }
        return null;
    }

    /** Decodes encoded words (RFC 2047), also those that part a letter between two of them. */
    static String decoded(String value) {
        if (!value.contains("=?")) {
            return value;
        }
        try {
            return DecoderUtil.decodeEncodedWords(value, DecodeMonitor.SILENT, StandardCharsets.UTF_8, ALIASES)
                    .replace('\0', ' ');
        } catch (IllegalArgumentException broken) {
            return value;
        }
    }

    private static final Map<Charset, Charset> ALIASES = Map.of(
            StandardCharsets.ISO_8859_1,
            Charset.forName("windows-1252"),
            Charset.forName("GB2312"),
            Charset.forName("GB18030"),
            Charset.forName("Shift_JIS"),
            Charset.forName("windows-31j"),
            Charset.forName("EUC-KR"),
            Charset.forName("MS949"));
}
