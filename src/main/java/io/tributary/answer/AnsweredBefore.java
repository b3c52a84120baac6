package io.tributary.answer;

/** The same request was answered before: its first answer is given again and nothing is done. */
public final class AnsweredBefore extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Answer answer;

    public AnsweredBefore(Answer answer) {
        super("answered before", null, false, false);
        this.answer = answer;
    }

    public Answer answer() {
        return answer;
    }
}
