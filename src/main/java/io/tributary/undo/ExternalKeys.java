package io.tributary.undo;

import java.util.List;

/** External ids as a deal holds them, {@code system:id}, taken apart for statements. */
final class ExternalKeys {
    private ExternalKeys() {}

    static String[] systems(List<String> keys) {
        return keys.stream().map(key -> key.substring(0, key.indexOf(':'))).toArray(String[]::new);
    }

    static String[] ids(List<String> keys) {
        return keys.stream().map(key -> key.substring(key.indexOf(':') + 1)).toArray(String[]::new);
    }
}
