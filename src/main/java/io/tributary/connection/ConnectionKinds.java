package io.tributary.connection;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The kinds of connection that are installed, by name. */
public final class ConnectionKinds {
    private final Map<String, ConnectionKind> byName;

    private ConnectionKinds(Map<String, ConnectionKind> byName) {
        this.byName = byName;
    }

    public static ConnectionKinds installed() {
        Map<String, ConnectionKind> byName = new TreeMap<>();
        ServiceLoader.load(ConnectionKind.class, ConnectionKinds.class.getClassLoader())
                .forEach(kind -> byName.put(kind.name(), kind));
        return new ConnectionKinds(Collections.unmodifiableMap(byName));
    }

    public Optional<ConnectionKind> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public Collection<ConnectionKind> all() {
        return byName.values();
    }

    public Collection<String> names() {
        return byName.keySet();
    }
}
