package io.tributary.csv;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds the line that names the columns, and how many lines above it are titles or comments.
 *
 * <p>Known column names decide. Without them a line is a header where its cells are words, differ from each other, and
 * stand over columns of another kind; a line that holds a figure, a date or an address is data.
 */
final class HeaderFinder {

    /** A header is looked for below at most so many other lines. */
    static final int MOST_LINES_ABOVE = 30;

    private static final int LONGEST_NAME = 120;

    private static final Set<String> USUAL_NAMES = Set.of(
            "id",
            "name",
            "title",
            "company",
            "account",
            "organization",
            "organisation",
            "customer",
            "client",
            "value",
            "amount",
            "price",
            "cost",
            "total",
            "revenue",
            "currency",
            "stage",
            "status",
            "state",
            "type",
            "date",
            "time",
            "created",
            "updated",
            "owner",
            "email",
            "e-mail",
            "mail",
            "phone",
            "mobile",
            "fax",
            "address",
            "street",
            "city",
            "zip",
            "country",
            "region",
            "description",
            "notes",
            "note",
            "comment",
            "comments",
            "source",
            "category",
            "product",
            "quantity",
            "first name",
            "last name",
            "website",
            "url",
            "contact",
            "firma",
            "betrag",
            "wert",
            "datum",
            "kunde",
            "ort",
            "plz",
            "land",
            "straße",
            "beschreibung",
            "telefon",
            "nom",
            "prénom",
            "société",
            "entreprise",
            "montant",
            "ville",
            "pays",
            "statut",
            "étape",
            "nombre",
            "empresa",
            "importe",
            "fecha",
            "estado",
            "ciudad",
            "nome",
            "azienda",
            "importo",
            "valor",
            "data",
            "bedrag",
            "bedrijf",
            "naam",
            "kwota",
            "nazwa",
            "imię",
            "имя",
            "название",
            "компания",
            "сумма",
            "дата",
            "名前",
            "会社",
            "会社名",
            "金額",
            "公司",
            "金额",
            "名称",
            "日期",
            "이름",
            "회사",
            "금액");

    private final List<Line> lines;
    private final int width;
    private final Predicate<String> known;

    /**
     * @param lines the first lines of the file
     * @param width how many cells lines usually have
     */
    HeaderFinder(List<Line> lines, int width, Predicate<String> known) {
        this.lines = lines;
        this.width = width;
        this.known = known;
    }

    /**
     * Where the table begins.
     *
     * @param linesAbove how many lines stand above it
     * @param named whether its first line names the columns
     */
    record Start(int linesAbove, boolean named) {}

    Start find() {
        int most = Math.min(lines.size(), MOST_LINES_ABOVE + 1);
        for (int i = 0; i < most; i++) {
            String[] cells = lines.get(i).cells();
            int names = knownNames(cells, known);
            if (names >= 2 || (names == 1 && cells.length == 1 && width <= 1)) {
                return new Start(i, true);
            }
        }
        int afterComments = afterComments();
        for (int i = afterComments; i < most; i++) {
            if (!isTitle(lines.get(i).cells())) {
                return namesColumns(i) ? new Start(i, true) : new Start(i == afterComments ? i : afterComments, false);
            }
        }
        return new Start(afterComments, afterComments < lines.size() && namesColumns(afterComments));
    }

    static int knownNames(String[] line, Predicate<String> known) {
        int names = 0;
        for (String cell : line) {
            if (cell.length() <= LONGEST_NAME && !cell.isBlank() && known.test(cell)) {
                names++;
            }
        }
        return names;
    }

    /** Lines of comment stand above everything else; one that names the columns itself is none. */
    private int afterComments() {
        int i = 0;
        while (i < lines.size() && lines.get(i).comment()) {
            i++;
        }
        if (i == lines.size()) {
            return 0;
        }
        boolean lastIsHeader = i > 0
                && width > 1
                && lines.get(i - 1).cells().length == width
                && (namesColumns(i - 1) && !namesColumns(i));
        return lastIsHeader ? i - 1 : i;
    }

    /** A line above the header with a single text in it, where the table has more columns. */
    private boolean isTitle(String[] line) {
        if (width < 2) {
            return false;
        }
        int filled = 0;
        for (String cell : line) {
            filled += cell.isBlank() ? 0 : 1;
        }
        boolean single = filled == 1 && !line[0].isBlank() && (line.length == 1 || width > 2);
        return single || (filled == 2 && width > 4 && line.length < width);
    }

    private boolean namesColumns(int index) {
        String[] header = lines.get(index).cells();
        List<Line> below = lines.subList(index + 1, lines.size());
        Set<String> seen = new HashSet<>();
        double score = 0.5;
        int names = 0;
        int years = 0;
        for (int column = 0; column < header.length; column++) {
            String cell = header[column].strip();
            if (cell.isEmpty()) {
                continue;
            }
            if (CellKind.of(cell).isTyped()) {
                if (isYear(cell) && index + 1 < lines.size() && !yearsBelow(column, below)) {
                    years++;
                    continue;
                }
                return false;
            }
            names++;
            score += seen.add(cell.toLowerCase(Locale.ROOT)) ? 0 : -0.5;
            score += USUAL_NAMES.contains(cell.toLowerCase(Locale.ROOT)) ? 1 : 0;
            score += cell.length() > LONGEST_NAME ? -1 : 0;
            score += contrast(cell, column, below);
        }
        return names > 0 && (names + years) * 2 >= header.length && score > 0;
    }

    private static boolean isYear(String cell) {
        return cell.length() == 4
                && (cell.startsWith("19") || cell.startsWith("20"))
                && Character.isDigit(cell.charAt(2))
                && Character.isDigit(cell.charAt(3));
    }

    private static boolean yearsBelow(int column, List<Line> below) {
        return below.stream()
                .map(Line::cells)
                .anyMatch(cells -> column < cells.length && isYear(cells[column].strip()));
    }

    /** How the name stands out from the cells below it: above zero where those are of another kind. */
    private static double contrast(String name, int column, List<Line> below) {
        int filled = 0;
        int typed = 0;
        int same = 0;
        for (Line lineBelow : below) {
            String[] line = lineBelow.cells();
            if (column < line.length && !line[column].isBlank()) {
                filled++;
                typed += CellKind.of(line[column]).isTyped() ? 1 : 0;
                same += line[column].strip().equalsIgnoreCase(name) ? 1 : 0;
            }
        }
        if (filled == 0) {
            return 0;
        }
        return (typed * 2 > filled ? 1 : 0) - (same > 0 ? 1 : 0);
    }
}
