package io.tributary.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A text composed of fields: {@code "{product_interest|'Web inquiry'} – {company|contact_name}"}. Of the names between
 * braces the first with a value stands; a quoted one stands for itself.
 */
final class Template {

    /** A piece of the text: words as they are, or the names of which one is to stand here. */
    private record Piece(@Nullable String words, List<String> names) {}

    private final List<Piece> pieces;

    private Template(List<Piece> pieces) {
        this.pieces = pieces;
    }

    /** The template of a text; null when a brace is not closed or holds no name. */
    static @Nullable Template of(String text) {
        List<Piece> pieces = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf('{', at);
            if (open < 0) {
                pieces.add(new Piece(text.substring(at), List.of()));
                break;
            }
            if (open > at) {
                pieces.add(new Piece(text.substring(at, open), List.of()));
            }
            int close = text.indexOf('}', open);
            if (close < 0) {
                return null;
            }
            List<String> names = new ArrayList<>();
            for (String name : text.substring(open + 1, close).split("\\|", -1)) {
                if (name.isBlank()) {
                    return null;
                }
                names.add(name.strip());
            }
            pieces.add(new Piece(null, List.copyOf(names)));
            at = close + 1;
        }
        return new Template(List.copyOf(pieces));
    }

    /** Every name it refers to. */
    List<String> names() {
        return pieces.stream()
                .flatMap(piece -> piece.names().stream())
                .filter(name -> !isQuoted(name))
                .toList();
    }

    /** The composed text without the space around it; null when none of the named fields has a value. */
    @Nullable
    String fill(Function<String, @Nullable String> values) {
        StringBuilder text = new StringBuilder();
        boolean filled = false;
        for (Piece piece : pieces) {
            if (piece.words() != null) {
                text.append(piece.words());
                continue;
            }
            for (String name : piece.names()) {
                String value = isQuoted(name) ? name.substring(1, name.length() - 1) : values.apply(name);
                if (value != null && !value.isBlank()) {
                    text.append(value.strip());
                    filled |= !isQuoted(name);
                    break;
                }
            }
        }
        return filled ? text.toString().strip() : null;
    }

    private static boolean isQuoted(String name) {
        return name.length() > 1 && name.charAt(0) == '\'' && name.charAt(name.length() - 1) == '\'';
    }
}
