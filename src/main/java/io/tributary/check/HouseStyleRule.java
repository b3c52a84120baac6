package io.tributary.check;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.comments.CommentType;
import org.snakeyaml.engine.v2.events.CommentEvent;
import org.snakeyaml.engine.v2.events.Event;

/**
 * How a route reads: named, described, one thing a line, with the why where the editor keeps it. Kaoto deletes comments
 * after the first entry and folds long strings, so neither may carry meaning.
 */
final class HouseStyleRule {

    private static final int LONGEST_LINE = 100;
    private static final Pattern KEBAB = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern GENERATED = Pattern.compile(".*-\\d{4}");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{.*?}}");
    private static final Pattern SQL = Pattern.compile(
            "(?is).*\\b(select\\s.+\\sfrom|insert\\s+into|update\\s+\\S+\\s+set|delete\\s+from|with\\s+\\S+\\s+as\\s*\\()\\b?.*");
    private static final Pattern JSON = Pattern.compile("(?s)\\s*(\\{\\s*\".*|\\[\\s*[\\[{\"].*)");
    private static final Set<String> PROSE = Set.of("description", "note");
    private static final Set<String> NAMED = Set.of("route", "routeTemplate", "routeConfiguration");

    private static final LoadSettings WITH_COMMENTS =
            LoadSettings.builder().setParseComments(true).build();

    void check(RouteDocument document, Findings findings) {
        checkLines(document.file(), findings);
        checkComments(document, findings);
        document.entries("route").forEach(route -> checkRoute(route, document.file(), findings));
        document.entries("routeTemplate").forEach(template -> checkTemplate(template, document.file(), findings));
        for (String kind : NAMED) {
            document.entries(kind).forEach(entry -> checkIds(entry, document.file(), findings));
        }
        document.root().walk((key, value) -> {
            if (value.isScalar() && !PROSE.contains(key)) {
                checkText(value, document.file(), findings);
            }
        });
    }

    private static void checkLines(SourceFile file, Findings findings) {
        List<String> lines = file.text().lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            int length = lines.get(i).length();
            if (length > LONGEST_LINE) {
                findings.untidy(
                        file,
                        i + 1,
                        "the line has " + length + " characters, more than " + LONGEST_LINE,
                        "Shorten it, or move the text into a file");
            }
        }
    }

    private static void checkComments(RouteDocument document, Findings findings) {
        int firstEntry = document.root().items().stream()
                .mapToInt(YamlValue::line)
                .findFirst()
                .orElse(Integer.MAX_VALUE);
        for (Event event : new Parse(WITH_COMMENTS).parseString(document.file().text())) {
            if (event instanceof CommentEvent comment && comment.getCommentType() != CommentType.BLANK_LINE) {
                int line =
                        comment.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
                if (line >= firstEntry) {
                    findings.untidy(
                            document.file(),
                            line,
                            "an editor deletes this comment when it saves the file",
                            "Say why in `note:`, say what in `description:`, or put it above the first entry");
                }
            }
        }
    }

    private static void checkRoute(YamlValue route, SourceFile file, Findings findings) {
        for (String key : List.of("id", "description", "group")) {
            if (route.textAt(key).isBlank()) {
                findings.untidy(file, route.line(), "the route has no `" + key + "`", whatItIsFor(key));
            }
        }
        List<String> keys = route.entries().stream().map(YamlValue.Entry::key).toList();
        if (keys.contains("id") && !keys.get(0).equals("id")) {
            findings.untidy(file, route.lineOf("id"), "`id` is not the first of the route", "Move it to the top");
        }
        if (keys.contains("from") && !keys.get(keys.size() - 1).equals("from")) {
            findings.untidy(
                    file, route.lineOf("from"), "something follows `from` in the route", "Move `from` to the end");
        }
    }

    private static void checkTemplate(YamlValue template, SourceFile file, Findings findings) {
        if (template.textAt("description").isBlank()) {
            findings.untidy(
                    file, template.line(), "the route template has no `description`", whatItIsFor("description"));
        }
    }

    private static String whatItIsFor(String key) {
        return switch (key) {
            case "id" -> "Add `id:`, the source and a verb with a hyphen between them";
            case "description" -> "Add `description:`, a sentence with a verb that a sales manager understands";
            default -> "Add `group:`, the source or the stage of the pipeline that it belongs to";
        };
    }

    private static void checkIds(YamlValue entry, SourceFile file, Findings findings) {
        entry.walk((key, value) -> {
            String id = PLACEHOLDER.matcher(value.textAt("id")).replaceAll("x");
            if (key.equals("parameters") || id.isEmpty()) {
                return;
            }
            if (!KEBAB.matcher(id).matches()) {
                findings.untidy(
                        file,
                        value.lineOf("id"),
                        "the id `" + value.textAt("id") + "` is not in kebab-case",
                        "Write small letters and digits with single hyphens between the words");
            } else if (GENERATED.matcher(id).matches()) {
                findings.untidy(
                        file,
                        value.lineOf("id"),
                        "the id `" + value.textAt("id") + "` was made by an editor",
                        "Name what the step does, or take the id out");
            }
        });
    }

    private static void checkText(YamlValue value, SourceFile file, Findings findings) {
        if (SQL.matcher(value.text()).matches()) {
            findings.untidy(
                    file,
                    value.line(),
                    "SQL stands in the route",
                    "Move it to sql/<verb>-<noun>.sql and call direct:sql-<verb>-<noun>");
        } else if (JSON.matcher(value.text()).matches()) {
            findings.untidy(
                    file, value.line(), "JSON stands in the route", "Move it into a file, or build it in a bean");
        } else if (value.text().strip().contains("\n")) {
            findings.untidy(
                    file,
                    value.line(),
                    "a text of several lines stands in the route",
                    "Move it into a file and name it by `resource:classpath:`");
        }
    }
}
