package io.tributary.mail;

import java.util.ArrayList;
import java.util.List;

/** A text line by line, and how deep each of its lines is quoted. */
final class TextLines {
    private static final int MOST = 100_000;

    private final List<String> lines = new ArrayList<>();

    TextLines(String text) {
        int start = 0;
        while (start <= text.length() && lines.size() < MOST) {
            int end = text.indexOf('\n', start);
            lines.add(text.substring(start, end < 0 ? text.length() : end));
            start = end < 0 ? text.length() + 1 : end + 1;
        }
    }

    int count() {
        return lines.size();
    }

    /** How many quote marks the line begins with. */
    int depth(int index) {
        return markers(lines.get(index), Integer.MAX_VALUE)[0];
    }

    /** The line without quote marks, space and invisible marks around it. */
    String content(int index) {
        String line = lines.get(index);
        return FoldedWords.strip(line.substring(markers(line, Integer.MAX_VALUE)[1]));
    }

    boolean isBlank(int index) {
        return content(index).isEmpty();
    }

    /** Whether the line is set in, as some clients quote. */
    boolean isIndented(int index) {
        return lines.get(index).startsWith("    ") || lines.get(index).startsWith("\t");
    }

    /** The first line from {@code index} on that is not blank; {@link #count} when none is left. */
    int nextSaying(int index) {
        int next = index;
        while (next < lines.size() && isBlank(next)) {
            next++;
        }
        return next;
    }

    /** The lines from {@code from} to before {@code to} as one text. */
    String between(int from, int to) {
        return FoldedWords.strip(String.join("\n", lines.subList(Math.min(from, to), to)));
    }

    /** The lines from {@code from} on, without the quote marks or the indentation that a forward put before them. */
    String unquoted(int from, int headerDepth) {
        if (from >= lines.size()) {
            return "";
        }
        List<String> body = lines.subList(from, lines.size());
        int depth = headerDepth;
        if (mostlyQuoted(body, headerDepth + 1)) {
            depth++;
        }
        int indent = depth == 0 ? commonIndent(body) : 0;
        StringBuilder text = new StringBuilder();
        for (String line : body) {
            String rest = line.substring(markers(line, depth)[1]);
            text.append(rest.substring(Math.min(indent, leadingSpaces(rest)))).append('\n');
        }
        return FoldedWords.strip(text.toString());
    }

    private static boolean mostlyQuoted(List<String> body, int depth) {
        int quoted = 0;
        int saying = 0;
        for (String line : body) {
            if (!line.isBlank()) {
                saying++;
                quoted += markers(line, depth)[0] >= depth ? 1 : 0;
            }
        }
        return quoted > 0 && quoted * 10 >= saying * 6;
    }

    private static int commonIndent(List<String> body) {
        int common = 4;
        for (String line : body) {
            if (!line.isBlank()) {
                common = Math.min(common, leadingSpaces(line));
            }
        }
        return common;
    }

    private static int leadingSpaces(String line) {
        int spaces = 0;
        while (spaces < line.length() && line.charAt(spaces) == ' ') {
            spaces++;
        }
        return spaces;
    }

    /** How many of the first {@code most} quote marks the line has, and where what they quote begins. */
    private static int[] markers(String line, int most) {
        int depth = 0;
        int end = 0;
        int at = 0;
        while (at < line.length() && depth < most) {
            char c = line.charAt(at);
            if (c == '>') {
                depth++;
                end = at + 1;
                if (end < line.length() && line.charAt(end) == ' ') {
                    end++;
                }
                at = end;
            } else if (c == ' ' || c == '\t' || FoldedWords.isInvisible(c)) {
                at++;
            } else {
                break;
            }
        }
        return new int[] {depth, end};
    }
}
