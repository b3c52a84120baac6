package io.tributary.mail;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was found in a mail's parts, while they are read. */
final class MailParts {
    private static final int LONGEST_TEXT = 1_000_000;

    private final List<Segment> segments = new ArrayList<>();
    private final List<Attachment> attachments = new ArrayList<>();
    private final List<Mail> embedded = new ArrayList<>();
    private byte @Nullable [] preamble;
    private int count;
    private boolean report;
    private boolean calendar;

    /** A stretch of the text, in whichever forms it came. */
    private static final class Segment {
        final StringBuilder plain = new StringBuilder();
        final StringBuilder html = new StringBuilder();
        private @Nullable String read;

        /** The HTML as its reader sees it, once all of it is there; it is asked for twice and costs the most of a mail. */
        String htmlText() {
            if (read == null) {
                read = HtmlText.of(html.toString());
            }
            return read;
        }
    }

    int count() {
        return count;
    }

    int openAlternative() {
        segments.add(new Segment());
        return segments.size() - 1;
    }

    void foundReport() {
        report = true;
    }

    void preamble(byte[] bytes) {
        preamble = bytes;
    }

    void embed(Mail mail, @Nullable String name, String type, byte[] content) {
        count++;
        embedded.add(mail);
        attachments.add(new Attachment(name, type.isEmpty() ? "message/rfc822" : type, content));
    }

    void add(int alternative, PartType type, String disposition, @Nullable String name, byte[] content) {
        count++;
        String media = type.value();
        calendar |= media.equals("text/calendar");
        boolean text = media.isEmpty() || media.equals("text") || media.startsWith("text/");
        boolean shown = !disposition.equals("attachment") && (name == null || alternative >= 0);
        boolean html = media.equals("text/html");
        if (text
                && shown
                && (html
                        || media.isEmpty()
                        || media.equals("text")
                        || media.equals("text/plain")
                        || media.equals("text/enriched"))) {
            addText(alternative, html, type, content);
        } else {
            attachments.add(new Attachment(name, media.isEmpty() ? "application/octet-stream" : media, content));
        }
    }

    private void addText(int alternative, boolean html, PartType type, byte[] content) {
        String text = MailCharset.decode(content, type.parameter("charset"));
        if (!html && "flowed".equalsIgnoreCase(type.parameter("format"))) {
            text = FlowedText.unfold(text, "yes".equalsIgnoreCase(type.parameter("delsp")));
        }
        addText(alternative, html, text);
    }

    void addText(int alternative, boolean html, String text) {
        int index = alternative >= 0 ? alternative : openAlternative();
        StringBuilder target = html ? segments.get(index).html : segments.get(index).plain;
        if (target.length() < LONGEST_TEXT) {
            if (!target.isEmpty()) {
                target.append('\n');
            }
            target.append(text, 0, Math.min(text.length(), LONGEST_TEXT));
        }
    }

    void attach(Attachment attachment) {
        count++;
        attachments.add(attachment);
    }

    boolean isReport() {
        return report;
    }

    boolean isCalendar() {
        return calendar;
    }

    List<Attachment> attachments() {
        return attachments;
    }

    List<Mail> embedded() {
        return embedded;
    }

    /** The text: what is plain as it is, what is HTML alone as its reader sees it. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (Segment segment : segments) {
            String plain = segment.plain.toString();
            join(text, plain.isBlank() && !segment.html.isEmpty() ? segment.htmlText() : plain);
        }
        if (count == 0 && preamble != null) {
            text.append(MailCharset.decode(preamble, null));
        }
        return LineEnds.unix(text.toString());
    }

    /** The text of the HTML parts; null without any. */
    @Nullable
    String htmlText() {
        StringBuilder text = new StringBuilder();
        boolean any = false;
        for (Segment segment : segments) {
            boolean html = !segment.html.isEmpty();
            any |= html;
            join(text, html ? segment.htmlText() : segment.plain.toString());
        }
        return any ? LineEnds.unix(text.toString()) : null;
    }

    private static void join(StringBuilder text, String more) {
        if (!text.isEmpty() && !more.isEmpty()) {
            text.append('\n');
        }
        text.append(more);
    }
}
