package io.tributary.mapping;

/** Which mark separates the decimals of a number; the other one, where it occurs, groups thousands. */
public enum DecimalMark {
    POINT('.', ','),
    COMMA(',', '.');

    private final char mark;
    private final char grouping;

    DecimalMark(char mark, char grouping) {
        this.mark = mark;
        this.grouping = grouping;
    }

    char mark() {
        return mark;
    }

    char grouping() {
        return grouping;
    }

    /** The mark itself. */
    @Override
    public String toString() {
        return String.valueOf(mark);
    }

    DecimalMark other() {
        return this == POINT ? COMMA : POINT;
    }

    static DecimalMark of(char mark) {
        return mark == ',' ? COMMA : POINT;
    }
}
