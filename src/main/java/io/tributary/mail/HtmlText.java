package io.tributary.mail;

import java.util.Locale;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;

/**
 * The text of an HTML mail as a reader sees it: a line for each block, {@code >} before what it quotes, nothing of what is
 * hidden. No picture is fetched and nothing is run.
 */
final class HtmlText implements NodeFilter {
    private static final int LONGEST = 300_000;
    private static final Set<String> BLOCKS = Set.of(
            "address",
            "article",
            "aside",
            "blockquote",
            "center",
            "dd",
            "div",
            "dl",
            "dt",
            "fieldset",
            "figure",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "li",
            "main",
            "nav",
            "ol",
            "p",
            "pre",
            "section",
            "table",
            "tbody",
            "tfoot",
            "thead",
            "tr",
            "ul",
            "title");
    private static final Set<String> PARAGRAPHS =
            Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote", "pre");
    private static final Set<String> UNSEEN =
            Set.of("script", "style", "head", "template", "noscript", "object", "svg", "math", "select", "textarea");

    private final StringBuilder text = new StringBuilder();
    private final StringBuilder line = new StringBuilder();
    private int quotes;
    private int quotesBefore;
    private int pre;
    private boolean space;
    private boolean paragraph;

    private HtmlText() {}

    static String of(String html) {
        Document document = Jsoup.parse(html.length() > LONGEST ? html.substring(0, LONGEST) : html);
        HtmlText visible = new HtmlText();
        document.filter(visible);
        visible.endLine();
        return visible.text.toString().strip();
    }

    @Override
    public FilterResult head(Node node, int depth) {
        if (node instanceof TextNode written) {
            append(written.getWholeText());
        } else if (node instanceof Element element) {
            String name = element.normalName();
            if (UNSEEN.contains(name) || isHidden(element)) {
                return FilterResult.SKIP_ENTIRELY;
            }
            begin(name);
        }
        return FilterResult.CONTINUE;
    }

    private void begin(String name) {
        if (BLOCKS.contains(name)) {
            endLine();
            paragraph |= PARAGRAPHS.contains(name);
        }
        switch (name) {
            case "br" -> breakLine();
            case "hr" -> {
                append("________________________________");
                endLine();
            }
            case "blockquote" -> quotes++;
            case "pre" -> pre++;
            case "td", "th" -> space = !line.isEmpty();
            case "li" -> line.append("- ");
            default -> {
                // Text that only looks different.
            }
        }
    }

    @Override
    public FilterResult tail(Node node, int depth) {
        if (node instanceof Element element) {
            String name = element.normalName();
            if (name.equals("a")) {
                nameAddress(element);
            }
            if (BLOCKS.contains(name)) {
                endLine();
                paragraph |= PARAGRAPHS.contains(name);
            }
            if (name.equals("blockquote")) {
                quotes--;
            } else if (name.equals("pre")) {
                pre--;
            }
        }
        return FilterResult.CONTINUE;
    }

    /** A name that leads to an address is written with it, as in a header. */
    private void nameAddress(Element link) {
        String target = link.attr("href");
        if (!target.regionMatches(true, 0, "mailto:", 0, 7) || target.length() > 300) {
            return;
        }
        int end = target.indexOf('?');
        String address = target.substring(7, end < 0 ? target.length() : end);
        if (address.indexOf('@') > 0 && line.indexOf("@") < 0 && address.indexOf('%') < 0) {
            append(" <" + address + ">");
        }
    }

    private static boolean isHidden(Element element) {
        if (element.hasAttr("hidden")) {
            return true;
        }
        String style = element.attr("style");
        if (style.isEmpty() || style.length() > 2_000) {
            return false;
        }
        String plain = style.toLowerCase(Locale.ROOT).replace(" ", "");
        return plain.contains("display:none")
                || plain.contains("visibility:hidden")
                || plain.contains("mso-hide:all")
                || plain.contains("max-height:0;");
    }

    private void append(String written) {
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            if (pre > 0 && c == '\n') {
                breakLine();
            } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
                space = !line.isEmpty();
            } else {
                if (space) {
                    line.append(' ');
                    space = false;
                }
                line.append(c == '\u00A0' ? ' ' : c);
            }
        }
    }

    private void endLine() {
        if (!line.isEmpty()) {
            breakLine();
        }
        space = false;
    }

    private void breakLine() {
        if (paragraph && !text.isEmpty()) {
            text.append(">".repeat(Math.min(Math.min(quotes, quotesBefore), 50)))
                    .append('\n');
        }
        paragraph = false;
        quotesBefore = quotes;
        if (quotes > 0) {
            text.append(">".repeat(Math.min(quotes, 50))).append(' ');
        }
        text.append(line).append('\n');
        line.setLength(0);
        space = false;
    }
}
