package io.tributary.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The texts of {@code resources/sql}, each read once. */
public final class Statements {
    private static final Map<String, String> TEXTS = new ConcurrentHashMap<>();

    private Statements() {}

    /**
     * The statement of that name, without its comments.
     *
     * @throws IllegalArgumentException when there is no such file
     */
    public static String text(String name) {
        return TEXTS.computeIfAbsent(name, Statements::load);
    }

    private static String load(String name) {
        try (InputStream in = Statements.class.getResourceAsStream("/sql/" + name + ".sql")) {
            if (in == null) {
                throw new IllegalArgumentException("there is no statement sql/" + name + ".sql");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.stripLeading().startsWith("--"))
                    .map(String::stripTrailing)
                    .reduce("", (text, line) -> text.isEmpty() ? line : text + "\n" + line);
        } catch (IOException e) {
            throw new UncheckedIOException("reading sql/" + name + ".sql", e);
        }
    }
}
