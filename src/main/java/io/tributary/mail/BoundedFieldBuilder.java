package io.tributary.mail;

import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.FieldBuilder;
import org.apache.james.mime4j.stream.RawField;
import org.apache.james.mime4j.stream.RawFieldParser;
import org.apache.james.mime4j.util.BufferRecycler;
import org.apache.james.mime4j.util.ByteArrayBuffer;
import org.apache.james.mime4j.util.RecycledByteArrayBuffer;

/** Takes a header field up to a length, however long it is, so that an endless one costs neither time nor the mail. */
final class BoundedFieldBuilder implements FieldBuilder {
    private static final int LONGEST = 64 * 1024;

    private final ByteArrayBuffer raw = new ByteArrayBuffer(1024);

    @Override
    public void reset() {
        raw.clear();
    }

    @Override
    public void append(ByteArrayBuffer line) {
        int room = LONGEST - raw.length();
        if (line != null && room > 0) {
            raw.append(line.buffer(), 0, Math.min(line.length(), room));
        }
    }

    @Override
    public RawField build() throws MimeException {
        int length = raw.length();
        while (length > 0 && (raw.byteAt(length - 1) == '\n' || raw.byteAt(length - 1) == '\r')) {
            length--;
        }
        return RawFieldParser.DEFAULT.parseField(new ByteArrayBuffer(raw.toByteArray(), length, false));
    }

    @Override
    public RecycledByteArrayBuffer getRaw() {
        RecycledByteArrayBuffer copy = new RecycledByteArrayBuffer(new BufferRecycler(), Math.max(raw.length(), 1));
        copy.append(raw.buffer(), 0, raw.length());
        return copy;
    }

    @Override
    public void release() {
        // The buffer goes with the mail.
    }
}
