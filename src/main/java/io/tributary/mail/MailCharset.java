package io.tributary.mail;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mozilla.universalchardet.UniversalDetector;

/** Turns the bytes of a mail into text, whatever it says of their encoding, by what they turn out to be. */
final class MailCharset {
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    /** Names that mailers write and Java does not know, or that mean more than they say. */
    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("utf8", "UTF-8"),
            Map.entry("utf-8-sig", "UTF-8"),
            Map.entry("iso-8859-1", "windows-1252"),
            Map.entry("iso8859-1", "windows-1252"),
            Map.entry("iso_8859-1", "windows-1252"),
            Map.entry("latin1", "windows-1252"),
            Map.entry("latin-1", "windows-1252"),
            Map.entry("iso-8859-8-i", "ISO-8859-8"),
            Map.entry("iso-8859-8-e", "ISO-8859-8"),
            Map.entry("ks_c_5601-1987", "MS949"),
            Map.entry("ks_c_5601", "MS949"),
            Map.entry("euc-kr", "MS949"),
            Map.entry("gb2312", "GB18030"),
            Map.entry("gbk", "GB18030"),
            Map.entry("gb_2312-80", "GB18030"),
            Map.entry("shift_jis", "windows-31j"),
            Map.entry("shift-jis", "windows-31j"),
            Map.entry("sjis", "windows-31j"),
            Map.entry("x-sjis", "windows-31j"),
            Map.entry("cp932", "windows-31j"),
            Map.entry("big5", "Big5-HKSCS"),
            Map.entry("cp-850", "IBM850"),
            Map.entry("ansi", "windows-1252"),
            Map.entry("x-user-defined", "windows-1252"),
            Map.entry("cp-1252", "windows-1252"),
            Map.entry("x-mac-roman", "x-MacRoman"),
            Map.entry("macintosh", "x-MacRoman"));

    private MailCharset() {}

    /** The encoding of this name; null when nobody knows it, or when it says no more than "some text". */
    static @Nullable Charset named(@Nullable String name) {
        if (name == null) {
            return null;
        }
        String plain = name.strip().toLowerCase(Locale.ROOT);
        while (plain.startsWith("\"") || plain.startsWith("'")) {
            plain = plain.substring(1);
        }
        while (plain.endsWith("\"") || plain.endsWith("'") || plain.endsWith(";")) {
            plain = plain.substring(0, plain.length() - 1);
        }
        if (plain.isEmpty() || plain.equals("us-ascii") || plain.equals("ascii") || plain.startsWith("unknown")) {
            return null;
        }
        try {
            return Charset.forName(ALIASES.getOrDefault(plain, plain));
        } catch (IllegalArgumentException nobodyKnows) {
            return null;
        }
    }

    /** The text of {@code bytes}; {@code declared} counts unless they cannot be in it. */
    static String decode(byte[] bytes, @Nullable String declared) {
        Charset named = named(declared);
        if (named != null && !named.equals(StandardCharsets.UTF_8)) {
            return new String(bytes, named);
        }
        String utf8 = strict(bytes, StandardCharsets.UTF_8);
        if (utf8 != null) {
            return utf8;
        }
        return new String(bytes, guess(bytes, named == null ? WINDOWS : named));
    }

    private static @Nullable String strict(byte[] bytes, Charset charset) {
        try {
            CharBuffer text = charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes));
            return text.toString();
        } catch (CharacterCodingException otherwise) {
            return null;
        }
    }

    private static Charset guess(byte[] bytes, Charset otherwise) {
        UniversalDetector detector = new UniversalDetector();
        detector.handleData(bytes, 0, Math.min(bytes.length, 1 << 16));
        detector.dataEnd();
        Charset found = named(detector.getDetectedCharset());
        return found == null ? otherwise : found;
    }
}
