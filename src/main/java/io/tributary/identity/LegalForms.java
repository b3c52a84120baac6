package io.tributary.identity;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The legal forms of companies, found at the end, in front of or around a name. The spellings are the data of
 * {@code identity/legal-forms.txt}, held as two letter trees, so that a name without a form costs a step or two.
 */
final class LegalForms {

    private static final String FILE = "/identity/legal-forms.txt";

    private final LetterTree atTheEnd = new LetterTree();
    private final LetterTree inFront = new LetterTree();
    private final LetterTree around = new LetterTree();
    private final Map<String, String> aroundForms = new HashMap<>();
    private final Map<String, Set<String>> notAfter = new HashMap<>();

    /** What remains of a name between {@code begin} and {@code end}, and the form that was set aside. */
    record Parts(int begin, int end, @Nullable String form) {}

    private record Found(String form, int index) {}

    private LegalForms() {}

    static LegalForms builtIn() {
        try (InputStream file = LegalForms.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException("The table of legal forms is missing from the class path: " + FILE);
            }
            return read(new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))
                    .lines()
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + FILE, e);
        }
    }

    static LegalForms read(List<String> lines) {
        LegalForms forms = new LegalForms();
        String section = "";
        for (String line : lines) {
            String text = line.strip();
            if (text.startsWith("[")) {
                section = text;
            } else if (!text.isEmpty() && !text.startsWith("#")) {
                String[] sides = text.split("=", 2);
                if (sides.length != 2) {
                    throw new IllegalArgumentException(
                            "A legal form is written `class = spelling | spelling`: " + line);
                }
                forms.add(section, sides[0].strip(), sides[1].strip());
            }
        }
        return forms;
    }

    private void add(String section, String form, String spellings) {
        for (String spelling : spellings.split("\\|", -1)) {
            switch (section) {
                case "[at the end]" -> atTheEnd.addBackwards(fold(spelling), form);
                case "[in front]" -> inFront.addForwards(fold(spelling), form);
                case "[around]" -> {
                    String[] ends = spelling.split("…", 2);
                    String front = fold(ends[0]);
                    around.addForwards(front, front);
                    aroundForms.put(front + ends[1], form);
                }
                case "[not after]" ->
                    notAfter.computeIfAbsent(form, any -> new HashSet<>()).add(fold(spelling));
                default -> throw new IllegalArgumentException("There is no section of legal forms called " + section);
            }
        }
    }

    private static String fold(String spelling) {
        return FoldedText.ofCompany(spelling).toString();
    }

    /**
     * Sets the longest legal form aside, and a leading "the" with it. A name that is as a whole a legal form, or would
     * be a mere "the" without it, keeps it.
     */
    Parts split(FoldedText name) {
        Found last = findAtTheEnd(name);
        Found first = last == null ? findInFront(inFront, name, name.length()) : null;
        int begin = first == null ? 0 : first.index();
        int end = last == null ? name.length() : last.index();
        String form = last == null ? first == null ? null : first.form() : last.form();
        if (last != null) {
            Found front = findInFront(around, name, end);
            String both = front == null ? null : aroundForms.get(front.form() + " " + last.form());
            if (front != null && both != null) {
                begin = front.index();
                form = both;
            }
        }
        return new Parts(article(name, begin, end) ? begin + 3 : begin, end, form);
    }

    private @Nullable Found findAtTheEnd(FoldedText name) {
        LetterTree.@Nullable Node node = atTheEnd.root();
        Found longest = null;
        for (int i = name.length() - 1; i >= 0; i--) {
            node = node.next(name.charAt(i));
            if (node == null) {
                break;
            }
            String form = node.form();
            if (form != null && i == 0) {
                return null;
            }
            if (form != null && (node.withoutBorder() || name.startsWord(i)) && leavesName(name, i, form)) {
                longest = new Found(form, i);
            }
        }
        return longest;
    }

    private boolean leavesName(FoldedText name, int end, String form) {
        if (name.regionIs(0, end, "the")) {
            return false;
        }
        Set<String> excluding = notAfter.get(form);
        return excluding == null || !excluding.contains(name.substring(name.wordBefore(end), end));
    }

    private static @Nullable Found findInFront(LetterTree tree, FoldedText name, int end) {
        LetterTree.@Nullable Node node = tree.root();
        Found longest = null;
        for (int i = 0; i < end - 1; i++) {
            node = node.next(name.charAt(i));
            if (node == null) {
                break;
            }
            String form = node.form();
            if (form != null && (node.withoutBorder() || name.startsWord(i + 1))) {
                longest = new Found(form, i + 1);
            }
        }
        return longest;
    }

    private static boolean article(FoldedText name, int begin, int end) {
        int next = begin + 3;
        return next < end && name.startsWord(begin) && name.startsWord(next) && name.regionIs(begin, next, "the");
    }
}
