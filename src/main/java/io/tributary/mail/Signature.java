package io.tributary.mail;

import java.util.ArrayList;
import java.util.List;

/** The lines in which a writer says who they are: below {@code -- }, below a closing, or else the last of the text. */
final class Signature {
    private static final int MOST_LINES = 14;
    private static final int LONGEST_LINE = 120;
    private static final int LAST_LINES = 6;

    private Signature() {}

    /** The writer's own lines, without what is quoted from others. */
    static List<String> ownLines(String text) {
        TextLines lines = new TextLines(text);
        QuotedMail quoted = new QuotedMailFinder(lines).next(0);
        int end = quoted == null ? lines.count() : quoted.line();
        List<String> own = new ArrayList<>();
        for (int at = 0; at < end; at++) {
            if (lines.depth(at) == 0) {
                own.add(lines.content(at));
            }
        }
        return own;
    }

    /** The signature among a writer's own lines; empty when there is none. */
    static List<String> of(List<String> own) {
        int begin = -1;
        for (int at = own.size() - 1; at >= Math.max(0, own.size() - 40); at--) {
            String line = own.get(at);
            if (line.equals("--") || line.equals("—") || MailWords.builtIn().isClosing(line)) {
                begin = at + 1;
                break;
            }
        }
        boolean marked = begin >= 0;
        List<String> signature = new ArrayList<>();
        for (int at = marked ? begin : Math.max(0, own.size() - LAST_LINES); at < own.size(); at++) {
            String line = own.get(at);
            if (!line.isEmpty() && line.length() <= LONGEST_LINE && signature.size() < MOST_LINES) {
                signature.add(line);
            }
        }
        return signature;
    }
}
