package io.tributary.insight;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing worth knowing of a deal.
 *
 * @param title a few words
 * @param text one or two plain sentences
 * @param evidence the facts it rests on, by the names the API gives them; never empty
 * @param engine {@link #RULES} or {@link #MODEL}
 * @param model the chat model that wrote it; null for the built-in analyst
 * @param promptVersion which of the hub's prompts the model answered; null for the built-in analyst
 */
public record Insight(
        Kind kind,
        String title,
        String text,
        List<String> evidence,
        String engine,
        @Nullable String model,
        @Nullable String promptVersion) {

    /** The engine of what the built-in analyst wrote. */
    public static final String RULES = "rules";

    /** The engine of what a chat model wrote. */
    public static final String MODEL = "model";

    /** What an insight is about. */
    public enum Kind {
        RISK,
        OPPORTUNITY,
        ACTION,
        MARKET;

        /** Its name in the API. */
        public String code() {
            return switch (this) {
                case RISK -> "risk";
                case OPPORTUNITY -> "opportunity";
                case ACTION -> "action";
                case MARKET -> "market";
            };
        }
    }

    public Insight {
        evidence = List.copyOf(evidence);
    }

    /** One that the built-in analyst wrote. */
    static Insight byRules(Kind kind, String title, String text, String... evidence) {
        return new Insight(kind, title, text, List.of(evidence), RULES, null, null);
    }

    /** The insight as the API shows it. */
    public Map<String, @Nullable Object> view() {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("kind", kind.code());
        view.put("title", title);
        view.put("text", text);
        view.put("evidence", evidence);
        view.put("engine", engine);
        view.put("model", model);
        view.put("prompt_version", promptVersion);
        return view;
    }
}
