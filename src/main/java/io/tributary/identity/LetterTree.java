package io.tributary.identity;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Spellings by their letters, read forwards or backwards from the border of a name. */
final class LetterTree {

    private final Node root = new Node();

    static final class Node {

        private final Map<Character, Node> next = new HashMap<>();
        private @Nullable String form;
        private boolean withoutBorder;

        @Nullable
        Node next(char letter) {
            return next.get(letter);
        }

        @Nullable
        String form() {
            return form;
        }

        /** Whether the spelling may stand against the name without a space, as in scripts that write none. */
        boolean withoutBorder() {
            return withoutBorder;
        }
    }

    Node root() {
        return root;
    }

    void addForwards(String spelling, String form) {
        add(spelling, spelling, form);
    }

    void addBackwards(String spelling, String form) {
        add(new StringBuilder(spelling).reverse(), spelling, form);
    }

    private void add(CharSequence path, String spelling, String form) {
        Node node = root;
        for (int i = 0; i < path.length(); i++) {
            node = node.next.computeIfAbsent(path.charAt(i), letter -> new Node());
        }
        if (node == root || (node.form != null && !node.form.equals(form))) {
            throw new IllegalArgumentException("The spelling '" + spelling + "' of '" + form
                    + "' is empty or already that of '" + node.form + "'");
        }
        node.form = form;
        node.withoutBorder = spelling.length() > 1 && writtenWithoutSpaces(spelling.charAt(0));
    }

    private static boolean writtenWithoutSpaces(char letter) {
        return switch (Character.UnicodeScript.of(letter)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL, THAI -> true;
            default -> false;
        };
    }
}
