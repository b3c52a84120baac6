package io.tributary.salesforce;

/** Salesforce did not do what it was asked. The reason may be shown to the connection's tenant. */
class SalesforceException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What can be done about it. */
    enum Remedy {
        /** The same call may go through later. */
        WAIT,
        /** Somebody has to give other credentials or rights. */
        SIGN_IN,
        /** Salesforce does not take what was asked; asking the same again is useless. */
        NONE
    }

    private final Remedy remedy;
    private final int seconds;

    /** @param seconds after which another try makes sense; 0 where Salesforce does not say */
    SalesforceException(String reason, Remedy remedy, int seconds) {
        super(reason);
        this.remedy = remedy;
        this.seconds = seconds;
    }

    SalesforceException(String reason, Throwable cause) {
        super(reason, cause);
        this.remedy = Remedy.WAIT;
        this.seconds = 0;
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    Remedy remedy() {
        return remedy;
    }

    int seconds() {
        return seconds;
    }
}
