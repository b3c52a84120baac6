package io.tributary.salesforce;

/** A body that is no outbound message; says whether it cannot be parsed at all or lacks what it needs. */
public final class UnreadableMessageException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean parsable;

    private UnreadableMessageException(String sentence, boolean parsable) {
        super(sentence, null, false, false);
        this.parsable = parsable;
    }

    static UnreadableMessageException unparsable(String sentence) {
        return new UnreadableMessageException(sentence, false);
    }

    static UnreadableMessageException lacks(String sentence) {
        return new UnreadableMessageException(sentence, true);
    }

    /** Whether it is XML, only not the message it should be. */
    public boolean isParsable() {
        return parsable;
    }
}
