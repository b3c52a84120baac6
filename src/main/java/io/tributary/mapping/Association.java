package io.tributary.mapping;

/**
 * A cell in which a CRM lists the records linked to a deal, {@code Acme (1234567);Initech (99)}: the first one's name,
 * without the id or address behind it.
 */
final class Association {
    private Association() {}

    static Reading<String> read(Object value) {
        Reading<String> text = TextReader.readTrimmed(value);
        if (!(text instanceof Reading.Value<String> linked)) {
            return text;
        }
        String first = linked.value();
        int end = first.indexOf(';');
        if (end > 0) {
            first = AmountText.strip(first.substring(0, end));
        }
        int open = first.lastIndexOf('(');
        if (open > 0 && first.endsWith(")") && identifies(first, open + 1, first.length() - 1)) {
            first = AmountText.strip(first.substring(0, open));
        }
        return first.isEmpty() ? Reading.nothing() : Reading.of(first);
    }

    private static boolean identifies(String text, int start, int end) {
        boolean digits = end > start;
        for (int i = start; i < end; i++) {
            if (text.charAt(i) == '@') {
                return true;
            }
            digits = digits && NumberText.isDigit(text.charAt(i));
        }
        return digits;
    }
}
