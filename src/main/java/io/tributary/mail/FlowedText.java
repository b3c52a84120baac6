package io.tributary.mail;

/** Text of the format "flowed" (RFC 3676), whose lines are broken for old screens, with its paragraphs whole again. */
final class FlowedText {
    private FlowedText() {}

    static String unfold(String text, boolean deleteSpace) {
        StringBuilder whole = new StringBuilder(text.length());
        int openDepth = -1;
        int start = 0;
        while (start <= text.length()) {
            int end = text.indexOf('\n', start);
            String line = text.substring(start, end < 0 ? text.length() : end);
            start = end < 0 ? text.length() + 1 : end + 1;
            if (line.endsWith("\r")) {
                line = line.substring(0, line.length() - 1);
            }
            int depth = 0;
            while (depth < line.length() && line.charAt(depth) == '>') {
                depth++;
            }
            String content = line.substring(depth);
            if (content.startsWith(" ")) {
                content = content.substring(1);
            }
            boolean signature = content.equals("-- ");
            if (openDepth == depth && !signature) {
                whole.append(content);
            } else {
                if (openDepth >= 0) {
                    whole.append('\n');
                }
                whole.append(">".repeat(Math.min(depth, 100)))
                        .append(depth > 0 && !content.isEmpty() ? " " : "")
                        .append(content);
            }
            boolean flows = content.endsWith(" ") && !signature;
            if (flows && deleteSpace) {
                whole.setLength(whole.length() - 1);
            }
            if (flows) {
                openDepth = depth;
            } else {
                openDepth = -1;
                if (start <= text.length()) {
                    whole.append('\n');
                }
            }
        }
        return whole.toString();
    }
}
