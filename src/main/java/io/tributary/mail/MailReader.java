package io.tributary.mail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.Base64InputStream;
import org.apache.james.mime4j.codec.QuotedPrintableInputStream;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bytes of a mail, however broken: what can be read is, and nothing is refused. Parts, nesting and headers have
 * a limit each, and every byte is looked at a fixed number of times.
 */
public final class MailReader {
    private static final int MOST_PARTS = 1_000;
    private static final int DEEPEST = 40;
    private static final int DEEPEST_MAIL = 8;

    private static final MimeConfig CONFIG = new MimeConfig.Builder()
            .setStrictParsing(false)
            .setMalformedHeaderStartsBody(false)
            .setMaxLineLen(-1)
            .setMaxHeaderLen(-1)
            .setMaxHeaderCount(5_000)
            .setMaxContentLen(-1)
            .build();

    private final int mailDepth;
    private final MailParts parts = new MailParts();
    private final HeaderFields header = new HeaderFields();
    private boolean cut;

    private MailReader(int mailDepth) {
        this.mailDepth = mailDepth;
    }

    /** Reads a mail. */
    public static Mail read(byte[] bytes) {
        return read(bytes, 0);
    }

    static Mail read(byte[] bytes, int depth) {
        MailReader reader = new MailReader(depth);
        byte[] lines = LineEnds.mended(bytes);
        reader.parse(lines);
        return new MailFields(reader.header, reader.parts, reader.cut).mail();
    }

    /** One part on the way down to the one that is read. */
    private static final class Level {
        final HeaderFields fields;
        PartType type = PartType.NONE;
        int alternative = -1;
        boolean report;

        Level(HeaderFields fields) {
            this.fields = fields;
        }
    }

    private void parse(byte[] bytes) {
        MimeTokenStream tokens = tokens();
        tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
        tokens.parse(new ByteArrayInputStream(bytes));
        try {
            walk(tokens);
        } catch (IOException | MimeException | RuntimeException broken) {
            // What was read so far is what there is.
            cut = true;
        }
    }

    private static MimeTokenStream tokens() {
        return new MimeTokenStream(CONFIG, null, new BoundedFieldBuilder(), null);
    }

    private void walk(MimeTokenStream tokens) throws IOException, MimeException {
        Deque<Level> path = new ArrayDeque<>();
        for (EntityState state = tokens.getState(); state != EntityState.T_END_OF_STREAM; state = tokens.next()) {
            switch (state) {
                case T_START_MESSAGE -> path.push(new Level(header));
                case T_START_BODYPART -> path.push(new Level(new HeaderFields()));
                case T_FIELD -> path.element().fields.add(tokens.getField());
                case T_END_HEADER -> describe(path);
                case T_PREAMBLE -> preamble(tokens, path);
                case T_BODY -> {
                    if (parts.count() >= MOST_PARTS) {
                        cut = true;
                        return;
                    }
                    body(tokens, path.element());
                }
                case T_START_MULTIPART -> {
                    if (path.size() > DEEPEST) {
                        cut = true;
                        return;
                    }
                }
                case T_END_BODYPART, T_END_MESSAGE -> path.pop();
                default -> {
                    // Ends of parts and epilogues tell nothing.
                }
            }
        }
    }

    private void describe(Deque<Level> path) {
        Level level = path.element();
        level.type = PartType.of(level.fields.raw("content-type"));
        Level outer = path.stream().skip(1).findFirst().orElse(null);
        level.alternative = outer == null ? -1 : outer.alternative;
        level.report = outer != null && outer.report;
        if (level.type.value().equals("multipart/alternative") && level.alternative < 0) {
            level.alternative = parts.openAlternative();
        }
        if (level.type.value().equals("multipart/report")) {
            level.report = true;
            parts.foundReport();
        }
    }

    /** Text before the first part is no part; but it is all there is when the boundary never comes. */
    private void preamble(MimeTokenStream tokens, Deque<Level> path) throws IOException {
        if (path.size() == 1) {
            parts.preamble(tokens.getInputStream().readAllBytes());
        }
    }

    private void body(MimeTokenStream tokens, Level level) throws IOException {
        byte[] raw = tokens.getInputStream().readAllBytes();
        String type = level.type.value();
        if (type.startsWith("multipart/") && parts.count() == 0 && reparsed(raw)) {
            return;
        }
        byte[] content = decoded(raw, encoding(level.fields));
        PartType disposition = PartType.of(level.fields.raw("content-disposition"));
        String name = disposition.parameter("filename");
        if (name == null) {
            name = level.type.parameter("name");
        }
        name = Attachment.plainName(name);
        if (isMail(type, name) && !level.report && mailDepth < DEEPEST_MAIL) {
            parts.embed(read(content, mailDepth + 1), name, type, content);
        } else if (isTnef(type, name)) {
            TnefParts.addTo(parts, content, name, type);
        } else {
            parts.add(level.alternative, level.type, disposition.value(), name, content);
        }
    }

    /** A mail whose boundary is not named is read by the boundary it shows. */
    private boolean reparsed(byte[] raw) {
        String boundary = LineEnds.firstBoundary(raw);
        if (boundary == null || mailDepth >= DEEPEST_MAIL) {
            return false;
        }
        MimeTokenStream tokens = tokens();
        tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
        tokens.parseHeadless(new ByteArrayInputStream(raw), "multipart/mixed; boundary=\"" + boundary + "\"");
        try {
            Deque<Level> path = new ArrayDeque<>();
            path.push(new Level(new HeaderFields()));
            for (EntityState state = tokens.next(); state != EntityState.T_END_OF_STREAM; state = tokens.next()) {
                switch (state) {
                    case T_START_BODYPART -> path.push(new Level(new HeaderFields()));
                    case T_FIELD -> path.element().fields.add(tokens.getField());
                    case T_END_HEADER -> describe(path);
                    case T_BODY -> {
                        if (parts.count() >= MOST_PARTS || path.size() > DEEPEST) {
                            cut = true;
                            return true;
                        }
                        body(tokens, path.element());
                    }
                    case T_END_BODYPART -> path.pop();
                    default -> {
                        // As above.
                    }
                }
            }
        } catch (IOException | MimeException | RuntimeException broken) {
            cut = true;
        }
        return parts.count() > 0;
    }

    private static boolean isMail(String type, @Nullable String name) {
        boolean named = name != null && name.toLowerCase(Locale.ROOT).endsWith(".eml");
        return type.equals("message/rfc822")
                || type.equals("message/global")
                || (named && (type.isEmpty() || type.equals("application/octet-stream")));
    }

    private static boolean isTnef(String type, @Nullable String name) {
        return type.equals("application/ms-tnef")
                || type.equals("application/vnd.ms-tnef")
                || "winmail.dat".equalsIgnoreCase(name);
    }

    private static String encoding(HeaderFields fields) {
        String written = fields.raw("content-transfer-encoding");
        if (written == null) {
            return "";
        }
        int end = written.indexOf(';');
        return (end < 0 ? written : written.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    private static byte[] decoded(byte[] raw, String encoding) throws IOException {
        InputStream source = new ByteArrayInputStream(raw);
        return switch (encoding) {
            case "base64" -> {
                try (InputStream decoded = new Base64InputStream(source)) {
                    yield decoded.readAllBytes();
                }
            }
            case "quoted-printable" -> {
                try (InputStream decoded = new QuotedPrintableInputStream(source)) {
                    yield decoded.readAllBytes();
                }
            }
            case "x-uuencode", "uuencode", "x-uue", "uue" -> Uuencoding.decode(raw);
            default -> raw;
        };
    }
}
