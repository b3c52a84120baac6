package io.tributary.salesforce;

/** Where an organisation's change events are listened to, in a test. */
interface ChangeServer extends AutoCloseable {
    /** The connection's parameters that lead there, as names and values in turn. */
    String[] parameters();

    void tell(Told... events);

    /** How many are subscribed now. */
    int listeners();

    /** Ends every stream, as a network or a server that stops does. */
    void cut();

    /** Forgets every event up to now, as after 72 hours. */
    void forget();

    /** How often somebody came with a replay id that is known no longer. */
    int lost();

    @Override
    void close();
}
