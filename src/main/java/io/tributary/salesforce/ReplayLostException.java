package io.tributary.salesforce;

/** Salesforce keeps the events after a replay id no longer, or does not know it: what they told has to be read. */
final class ReplayLostException extends SalesforceException {
    private static final long serialVersionUID = 1L;

    ReplayLostException() {
        super("Salesforce keeps the events after the last replay id no longer", Remedy.WAIT, 0);
    }
}
