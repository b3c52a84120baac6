package io.tributary.ingest;

import com.google.common.io.CountingInputStream;
import io.tributary.answer.ApiException;
import io.tributary.deal.FieldError;
import io.tributary.deal.OrderedId;
import io.tributary.http.Call;
import io.tributary.json.Json;
import io.tributary.json.UnreadableJsonException;
import io.tributary.tenant.Keys;
import io.tributary.tenant.WorkspaceId;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes a job of many records sent in one call: {@code {"deals":[…]}}, a bare array, or a JSON object on each line. */
public final class BulkDoorway {
    /** A line longer than a whole JSON body may be is no record. */
    private static final int LINE = 10 * 1024 * 1024;

    private final Mappings mappings;

    public BulkDoorway(Mappings mappings) {
        this.mappings = mappings;
    }

    /** The records of a JSON body. */
    public ImportJob json(Call call, String source) {
        List<?> records = records(call);
        return job(call, source, sent(call, false), Doorway.claim(call), () -> numbered(records.iterator()));
    }

    private static List<?> records(Call call) {
        Object body = call.json();
        Object list = body instanceof Map<?, ?> map ? map.get("deals") : body;
        if (!(list instanceof List<?> records)) {
            throw ApiException.invalid(
                    List.of(new FieldError("deals", null, "is no array; send {\"deals\":[…]} or a bare array")));
        }
        return records;
    }

    /**
     * Writes the records of a JSON body one a line, so that they can be taken later.
     *
     * @throws ApiException 422 when it holds no array
     */
    public void write(Call call, OutputStream out) throws IOException {
        for (Object record : records(call)) {
            out.write(Json.writeBytes(record));
            out.write('\n');
        }
    }

    /**
     * The records of a kept file that has one a line, in the order in which they were sent.
     *
     * @param sent the hash of what was sent, by which records without a name of their own are known again
     */
    public ImportJob kept(
            UUID id,
            WorkspaceId workspace,
            String source,
            Sender sender,
            String sent,
            @Nullable IdempotencyClaim claim,
            Path file) {
        return new ImportJob(
                        id,
                        workspace,
                        source,
                        ImportJob.Kind.QUEUED,
                        sender,
                        sent,
                        mappings.reader(source),
                        new KeptLines(file),
                        false)
                .read("{}", file.toFile().length())
                .claiming(claim);
    }

    /** What {@link #kept} is to be given as the hash of a call, with its lines where it has any. */
    public static String sent(Call call, boolean lines) {
        return HexFormat.of().formatHex(lines ? Keys.hash("lines") : hash(call.body()));
    }

    /** The lines of a file, open while they are read. */
    private static final class KeptLines implements ImportJob.Rows {
        private final Path file;
        private @Nullable CountingInputStream in;

        KeptLines(Path file) {
            this.file = file;
        }

        @Override
        public Iterator<Map.Entry<Integer, Object>> open() throws IOException {
            CountingInputStream counted =
                    new CountingInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
            in = counted;
            return numbered(new Lines(counted));
        }

        @Override
        public long bytesRead() {
            CountingInputStream counted = in;
            return counted == null ? 0 : counted.getCount();
        }

        @Override
        public void close() {
            CountingInputStream counted = in;
            in = null;
            if (counted != null) {
                try {
                    counted.close();
                } catch (IOException e) {
                    throw new UncheckedIOException("closing a kept call", e);
                }
            }
        }
    }

    /** The records of a body with one JSON object a line, read as they are needed. */
    public ImportJob lines(Call call, String source, InputStream body) {
        IdempotencyClaim claim = linesClaim(call, body);
        // The same lines sent again are the same rows, wherever one call ends and the next begins.
        return job(call, source, sent(call, true), claim, new ImportJob.Rows() {
            @Override
            public Iterator<Map.Entry<Integer, Object>> open() {
                return numbered(new Lines(new BufferedInputStream(body, 1 << 16)));
            }
        });
    }

    /** The claim of a call whose body is lines. */
    public static @Nullable IdempotencyClaim linesClaim(Call call, InputStream body) {
        return Doorway.claim(call, () -> hash(body));
    }

    /** The hash of a body that Camel has spooled, so that it can be read once more. */
    private static String hash(InputStream body) {
        try {
            String hash = ContentHash.of(body);
            body.reset();
            return hash;
        } catch (IOException e) {
            throw ApiException.unparsable("The body broke off.");
        }
    }

    private ImportJob job(
            Call call, String source, String contentHash, @Nullable IdempotencyClaim claim, ImportJob.Rows rows) {
        Sender sender = new Sender(call.caller().actor(), call.requestId(), false);
        UUID id = OrderedId.next();
        return new ImportJob(
                        id,
                        call.workspace(),
                        source,
                        ImportJob.Kind.BULK,
                        sender,
                        contentHash,
                        mappings.reader(source),
                        rows,
                        false)
                .claiming(claim);
    }

    private static byte[] hash(byte[] body) {
        return Keys.hash(new String(body, StandardCharsets.ISO_8859_1));
    }

    private static Iterator<Map.Entry<Integer, Object>> numbered(Iterator<?> contents) {
        return new Iterator<>() {
            private int row;

            @Override
            public boolean hasNext() {
                return contents.hasNext();
            }

            @Override
            public Map.Entry<Integer, Object> next() {
                Object content = contents.next();
                row++;
                return Map.entry(
                        row,
                        content instanceof JsonRecordReader.Unreadable ? content : JsonRecordReader.content(content));
            }
        };
    }

    /** One JSON value a line; blank lines are skipped, a line that is no JSON is a record that is refused. */
    private static final class Lines implements Iterator<@Nullable Object> {
        private final InputStream in;
        private boolean ended;
        private byte @Nullable [] next;

        Lines(InputStream in) {
            this.in = in;
        }

        @Override
        public boolean hasNext() {
            while (next == null && !ended) {
                byte[] line = line();
                next = new String(line, StandardCharsets.ISO_8859_1).isBlank() ? null : line;
            }
            return next != null;
        }

        @Override
        public @Nullable Object next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException();
            }
            byte[] line = next;
            next = null;
            try {
                return Json.read(line);
            } catch (UnreadableJsonException e) {
                String text = new String(line, StandardCharsets.UTF_8);
                return new JsonRecordReader.Unreadable(
                        text.length() > 10_000 ? text.substring(0, 10_000) : text, "is no JSON");
            }
        }

        private byte[] line() {
            ByteArrayOutputStream line = new ByteArrayOutputStream(512);
            try {
                int octet = in.read();
                while (octet >= 0 && octet != '\n') {
                    if (line.size() < LINE) {
                        line.write(octet);
                    }
                    octet = in.read();
                }
                ended = octet < 0;
            } catch (IOException e) {
                throw ApiException.unparsable("The body broke off.");
            }
            return line.toByteArray();
        }
    }
}
