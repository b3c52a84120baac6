package io.tributary.csv;

import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;

/**
 * Passes text through and mends its quoting on the way, so that a parser of RFC 4180 reads what a person would.
 *
 * <p>Mended are: backslash escapes, quotes inside a quoted cell that were not doubled, blanks between a closing quote
 * and the delimiter, and an opening quote that nothing closes. The last is taken as a plain character where the lines
 * below it are rows of their own, so that one stray quote does not swallow the rest of a file. Sound text is handed
 * on as it is, in whole runs.
 */
final class QuoteMender extends Reader {

    private static final int SHORTEST_LOOK_AHEAD = 8 * 1024;
    private static final int INITIAL_BUFFER = 32 * 1024;

    private final Reader source;
    private final Dialect dialect;
    private char[] buffer = new char[INITIAL_BUFFER];
    private int position;
    private int sound;
    private int limit;
    private boolean ended;
    private char previous = '\n';
    private int lookAhead = CsvFile.MAX_CELL_CHARACTERS;

    private final StringBuilder mended = new StringBuilder();
    private int mendedPosition;
    private boolean quotesSeen;

    QuoteMender(Reader source, Dialect dialect) {
        this.source = source;
        this.dialect = dialect;
    }

    /** Whether a quoted cell has come by. */
    boolean quotesSeen() {
        return quotesSeen;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (true) {
            if (mendedPosition < mended.length()) {
                int count = Math.min(length, mended.length() - mendedPosition);
                mended.getChars(mendedPosition, mendedPosition + count, target, offset);
                mendedPosition += count;
                return count;
            }
            if (position < sound) {
                int count = Math.min(length, sound - position);
                System.arraycopy(buffer, position, target, offset, count);
                position += count;
                previous = buffer[position - 1];
                return count;
            }
            if (!advance()) {
                return -1;
            }
        }
    }

    /** Finds the next stretch to hand on; false at the end of the text. */
    private boolean advance() throws IOException {
        if (position == limit && !fill(0)) {
            return false;
        }
        if (buffer[position] == dialect.quote() && dialect.endsCell(previous)) {
            quotesSeen = true;
            quotedCell();
            return true;
        }
        int i = position + 1;
        while (i < limit && !(buffer[i] == dialect.quote() && dialect.endsCell(buffer[i - 1]))) {
            i++;
        }
        sound = i;
        return true;
    }

    /** Looks for the end of the quoted cell that opens at the position. */
    private void quotedCell() throws IOException {
        boolean toMend = false;
        int i = 1;
        while (i <= lookAhead) {
            i = nextSpecial(i);
            if (!available(i)) {
                unclosed(i);
                return;
            }
            boolean last = !available(i + 1);
            char next = last ? '\n' : buffer[position + i + 1];
            if (buffer[position + i] == '\\') {
                boolean escapes = !last && isEscapable(next);
                toMend |= escapes;
                i += escapes ? 2 : 1;
            } else if (last || dialect.endsCell(next)) {
                closed(i, i + 1, toMend);
                return;
            } else if (next == dialect.quote()) {
                i += 2;
            } else {
                int afterBlanks = afterBlanks(i + 1);
                if (!available(afterBlanks) || dialect.endsCell(buffer[position + afterBlanks])) {
                    closed(i, afterBlanks, true);
                    return;
                }
                if (opensNextCell(i)) {
                    plainCell();
                    return;
                }
                if (!quoteInsideText(i + 1)) {
                    closedBeforeText(i);
                    return;
                }
                toMend = true;
                i++;
            }
        }
        shortenLookAhead();
        plainCell();
    }

    /** The next quote or, where it escapes, backslash at or after the index; else the end of what has been read. */
    private int nextSpecial(int from) throws IOException {
        char quote = dialect.quote();
        char escape = dialect.backslashEscapes() ? '\\' : quote;
        int i = from;
        while (i <= lookAhead && available(i)) {
            int at = position + i;
            while (at < limit && buffer[at] != quote && buffer[at] != escape) {
                at++;
            }
            i = at - position;
            if (at < limit) {
                return i;
            }
        }
        return i;
    }

    /** A quote that nothing closes costs a scan up to the look-ahead; many of them may not cost as many full ones. */
    private void shortenLookAhead() {
        lookAhead = Math.max(SHORTEST_LOOK_AHEAD, lookAhead / 2);
    }

    private boolean isEscapable(char c) {
        return c == '\\' || c == dialect.quote();
    }

    private int afterBlanks(int from) throws IOException {
        int i = from;
        while (available(i)
                && (buffer[position + i] == ' ' || buffer[position + i] == '\t')
                && buffer[position + i] != dialect.delimiter()) {
            i++;
        }
        return i;
    }

    /**
     * Whether the quote just passed stands inside the text of the cell, as in {@code "the "big" deal"}: the next quote
     * of the line closes it again, while one right after a delimiter opens the next cell.
     */
    private boolean quoteInsideText(int from) throws IOException {
        for (int i = from; i < from + SHORTEST_LOOK_AHEAD && available(i); i++) {
            char c = buffer[position + i];
            if (c == dialect.quote()) {
                return buffer[position + i - 1] != dialect.delimiter();
            }
            if (c == '\n' || c == '\r') {
                return false;
            }
        }
        return false;
    }

    /** A quote right after a delimiter, lines below the opening one, opens a cell of its own: ours was never closed. */
    private boolean opensNextCell(int index) {
        if (buffer[position + index - 1] != dialect.delimiter()) {
            return false;
        }
        for (int i = index - 1; i > 0; i--) {
            if (buffer[position + i] == '\n' || buffer[position + i] == '\r') {
                return true;
            }
        }
        return false;
    }

    /** The cell ends with the quote at {@code closing}; what stands between that and {@code end} is dropped. */
    private void closed(int closing, int end, boolean toMend) {
        if (!toMend) {
            sound = position + end;
            return;
        }
        startMending();
        mendInside(1, closing);
        finishMending(end);
    }

    /** Text follows the closing quote: it belongs to the cell. */
    private void closedBeforeText(int closing) throws IOException {
        startMending();
        mendInside(1, closing);
        int i = closing + 1;
        while (available(i) && !dialect.endsCell(buffer[position + i])) {
            plain(buffer[position + i]);
            i++;
        }
        finishMending(i);
    }

    private void plain(char c) {
        if (c == dialect.quote()) {
            mended.append(c);
        }
        mended.append(c);
    }

    private void finishMending(int end) {
        mended.append(dialect.quote());
        position += end;
        sound = position;
        previous = dialect.quote();
    }

    private void startMending() {
        mended.setLength(0);
        mendedPosition = 0;
        mended.append(dialect.quote());
    }

    /** Copies the inside of a quoted cell with every quote of the text doubled. */
    private void mendInside(int from, int to) {
        char quote = dialect.quote();
        for (int i = from; i < to; i++) {
            char c = buffer[position + i];
            boolean hasNext = i + 1 < to;
            if (c == '\\' && dialect.backslashEscapes() && hasNext && isEscapable(buffer[position + i + 1])) {
                i++;
                c = buffer[position + i];
            } else if (c == quote && hasNext && buffer[position + i + 1] == quote) {
                i++;
            }
            plain(c);
        }
    }

    /** The text ended inside a quoted cell. */
    private void unclosed(int end) throws IOException {
        if (rowsFollow(end)) {
            shortenLookAhead();
            plainCell();
            return;
        }
        startMending();
        mendInside(1, end);
        finishMending(end);
    }

    /** Whether a line below the one at the position has as many cells as lines of this file usually have. */
    private boolean rowsFollow(int end) {
        if (dialect.width() == 0) {
            return false;
        }
        boolean below = false;
        int cells = 1;
        int length = 0;
        for (int i = 1; i <= end; i++) {
            char c = i < end ? buffer[position + i] : '\n';
            if (c == '\n' || c == '\r') {
                if (below && length > 0 && cells == dialect.width()) {
                    return true;
                }
                below = true;
                cells = 1;
                length = 0;
            } else {
                length++;
                if (c == dialect.delimiter()) {
                    cells++;
                }
            }
        }
        return false;
    }

    /** Hands the cell on with its quotes as plain characters. */
    private void plainCell() throws IOException {
        startMending();
        int i = 0;
        while (available(i) && !dialect.endsCell(buffer[position + i])) {
            plain(buffer[position + i]);
            i++;
        }
        finishMending(i);
    }

    private boolean available(int ahead) throws IOException {
        return position + ahead < limit || fill(ahead);
    }

    /** Reads until there is a character that far ahead of the position, which may move to the front of the buffer. */
    private boolean fill(int ahead) throws IOException {
        while (position + ahead >= limit) {
            if (ended) {
                return false;
            }
            if (position == limit) {
                position = 0;
                sound = 0;
                limit = 0;
            } else if (limit == buffer.length) {
                makeRoom();
            }
            int count = source.read(buffer, limit, buffer.length - limit);
            if (count < 0) {
                ended = true;
            } else {
                limit += count;
            }
        }
        return true;
    }

    private void makeRoom() {
        int kept = limit - position;
        if (position > buffer.length / 2) {
            System.arraycopy(buffer, position, buffer, 0, kept);
        } else {
            char[] larger = new char[buffer.length * 2];
            System.arraycopy(buffer, position, larger, 0, kept);
            buffer = larger;
        }
        position = 0;
        limit = kept;
        sound = 0;
    }

    @Override
    public void close() throws IOException {
        buffer = Arrays.copyOf(buffer, 0);
        limit = 0;
        position = 0;
        sound = 0;
        ended = true;
        source.close();
    }
}
