package io.tributary.csv;

import java.io.IOException;

/** A file that cannot be read as delimited text at all; the message is one sentence for the person who sent it. */
public final class UnreadableCsvException extends IOException {

    /** Why a file is unreadable. */
    public enum Reason {
        /** There is nothing in it but blank lines. */
        EMPTY,
        /** It is an image, an archive, a workbook or other data that is no text. */
        BINARY,
        /** It is not written in the encoding it is said to be in. */
        ENCODING,
        /** One cell is larger than {@link CsvFile#MAX_CELL_CHARACTERS}. */
        TOO_LARGE_CELL,
        /** One line has more than {@link CsvFile#MAX_COLUMNS} cells. */
        TOO_MANY_COLUMNS,
        /** What is packed in it is larger than is sound, or is more than one table. */
        TOO_LARGE
    }

    private final Reason reason;

    UnreadableCsvException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
