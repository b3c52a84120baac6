package io.tributary.connection;

import io.tributary.deal.FieldError;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a kind of connection takes and how one is tried. Its routes are the templates {@code <name>} and
 * {@code <name>-…} in {@code routes/templates/<name>.camel.yaml}. Installed by a line in
 * {@code META-INF/services/io.tributary.connection.ConnectionKind}; has a public constructor without parameters.
 */
public interface ConnectionKind {

    String name();

    List<Parameter> parameters();

    /** The source that its records are of, for {@code /sources}; null when it brings none. */
    default @Nullable String source() {
        return null;
    }

    /** Whether it sends through the table {@code delivery}, and so has a queue there. */
    default Sends sends() {
        return Sends.NOTHING;
    }

    /** What a kind sends by itself. */
    enum Sends {
        /** Nothing through the table of deliveries. */
        NOTHING,
        /** What others hand to it. */
        MESSAGES,
        /** The workspace's events. */
        EVENTS
    }

    /**
     * What is wrong between parameters each of which is right by itself; fields are named {@code parameters.<name>}.
     *
     * @param parameters all of them, defaults applied and secrets in clear
     */
    default List<FieldError> faults(Map<String, String> parameters) {
        return List.of();
    }

    /**
     * What its routes need beyond texts, by the parameter under which its templates get the name of each in the registry, for
     * example a session that knows a password.
     */
    default Map<String, Object> beans(Connection connection, Outward outward) {
        return Map.of();
    }

    /** Whether a person can let the hub into the account in a browser. */
    default boolean authorises() {
        return false;
    }

    /** How that is done for {@code connection}, which has a {@code client_id}; only where {@link #authorises}. */
    default Authorisation authorisation(Connection connection) {
        throw new UnsupportedOperationException(name() + " knows no OAuth");
    }

    /**
     * Tries the connection, changing nothing on either side.
     *
     * @return what was found to work, a sentence
     * @throws ConnectionFailure telling what does not
     */
    String test(Connection connection, Outward outward) throws ConnectionFailure;
}
