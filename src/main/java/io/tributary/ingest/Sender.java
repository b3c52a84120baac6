package io.tributary.ingest;

/**
 * Who handed a record in.
 *
 * @param actor how history and audit name them
 * @param requestId by which the log knows the request
 * @param publicForm whether it is a form on a public page, which is told no more than that it was taken
 */
public record Sender(String actor, String requestId, boolean publicForm) {
    /** The hub itself, when it works through a file that somebody put in its folder. */
    public static Sender hub(String actor) {
        return new Sender(actor, "none", false);
    }
}
