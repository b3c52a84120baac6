package io.tributary.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every form in which a client forwards, in every language, with people and subjects of all kinds. */
class ForwardVariantsTest {
    private static final Mailbox FORWARDER = new Mailbox("Sam Seller", "sam@our-company.example");
    private static final String BODY = "Hello Sam,\n\nplease quote: twelve pumps.\nNote: we need them soon.\n\nOla";

    private static final List<Mailbox> PEOPLE = List.of(
            new Mailbox("Ola Nordmann", "ola@fjord-pumps.example"),
            new Mailbox("Dr. Anna von der Heyde", "anna.heyde@mail.heyde-bau.example"),
            new Mailbox("José Ñandú-García", "jose+crm@nandu.example"),
            new Mailbox("王小明", "wang@shen.example"),
            new Mailbox(null, "info@no-name.example"),
            new Mailbox("O'Brien Siobhán", "s.obrien@emerald.example"));
    private static final List<String> SUBJECTS =
            List.of("Pump order", "Anfrage: 3 bis 5 Plätze?", "見積もりのお願い", "Quote from 12 to 40 seats");
    private static final List<String> DATES = List.of(
            "Mon, Mar 2, 2026 at 9:00 AM", "2. März 2026 um 14:25:08 MEZ", "28/10/2025 12:46", "2026年3月2日(月) 9:00");

    /** The words of a language, the n-th of each kind. */
    private record Words(String language, Map<String, List<String>> all, int turn) {
        String word(String kind) {
            List<String> words = all.getOrDefault(kind, List.of());
            if (words.isEmpty()) {
                return kind.equals("cc") ? "Cc" : "Fwd";
            }
            return words.get(turn % words.size());
        }
    }

    private record Lead(Mailbox from, String subject, String date) {
        String person() {
            return from.toString();
        }
    }

    private interface Form {
        String write(Words words, Lead lead);
    }

    private static final Map<String, Form> FORMS = Map.ofEntries(
            Map.entry(
                    "gmail",
                    (w, l) -> "---------- Forwarded message ---------\n" + w.word("from") + ": " + l.person()
                            + "\nDate: " + l.date + "\nSubject: " + l.subject + "\nTo: <sam@our-company.example>\n\n"
                            + BODY),
            Map.entry(
                    "named in dashes",
                    (w, l) -> "-------- " + w.word("forwarded") + " --------\n"
                            + w.word("subject") + ": \t" + l.subject + "\n" + w.word("date") + ": \t" + l.date + "\n"
                            + w.word("from") + ": \t" + l.person() + "\n" + w.word("to")
                            + ": \tsam@our-company.example\n"
                            + w.word("cc") + ": \tBo <bo@our-company.example>\n\n\n" + BODY),
            Map.entry(
                    "equal signs",
                    (w, l) -> "============ " + w.word("forwarded") + " ============\n"
                            + w.word("from") + " : " + l.person() + "\n" + w.word("to")
                            + " : <sam@our-company.example>\n"
                            + w.word("date") + " : " + l.date + "\n" + w.word("subject") + " : " + l.subject
                            + "\n============ " + w.word("forwarded") + " ============\n\n" + BODY),
            Map.entry(
                    "quoted",
                    (w, l) -> quoted(w.word("forwarded") + ":\n\n" + w.word("from") + ": " + l.person() + "\n"
                            + w.word("subject") + ": " + l.subject + "\n" + w.word("date") + ": " + l.date + "\n"
                            + w.word("to") + ": sam@our-company.example\n\n" + BODY)),
            Map.entry(
                    "header above quotes",
                    (w, l) -> w.word("forwarded") + ":\n\n" + w.word("from") + ": " + l.person()
                            + "\n" + w.word("date") + ": " + l.date + "\n" + w.word("to")
                            + ": sam@our-company.example\n"
                            + w.word("subject") + ": " + l.subject + "\n\n" + quoted(BODY)),
            Map.entry("rule", (w, l) -> "________________________________\n" + outlook(w, l) + "\n" + BODY),
            Map.entry("no rule", (w, l) -> outlook(w, l) + BODY),
            Map.entry(
                    "original message",
                    (w, l) -> "-----" + w.word("original") + "-----\n" + outlook(w, l) + "\n" + BODY),
            Map.entry(
                    "emphasis",
                    (w, l) -> "*" + w.word("from") + ":* " + l.person() + "\n*" + w.word("date") + ":* "
                            + l.date + "\n*" + w.word("to") + ":* sam@our-company.example\n*" + w.word("subject")
                            + ":* "
                            + l.subject + "\n\n" + BODY),
            Map.entry(
                    "run together",
                    (w, l) -> "   ----- " + w.word("forwarded") + " ----- " + capital(w.word("from"))
                            + ": " + l.person() + capital(w.word("to"))
                            + ": \"sam@our-company.example\" <sam@our-company.example>"
                            + capital(w.word("date")) + ": " + l.date + capital(w.word("subject")) + ": " + l.subject
                            + "\n " + BODY),
            Map.entry("blank lines between", (w, l) -> outlook(w, l).replace("\n", "\n\n") + BODY));

    private static String capital(String label) {
        int first = label.codePointAt(0);
        return Character.toString(Character.toUpperCase(first)) + label.substring(Character.charCount(first));
    }

    private static String outlook(Words w, Lead l) {
        return w.word("from") + ": " + l.person() + "\n" + w.word("date") + ": " + l.date + "\n" + w.word("to")
                + ": Sam Seller <sam@our-company.example>; Bo <bo@our-company.example>\n" + w.word("subject") + ": "
                + l.subject + "\n";
    }

    private static String quoted(String text) {
        return "> " + text.replace("\n", "\n> ");
    }

    private static String html(String text) {
        return "<html><body><div>"
                + text.replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replace("\n", "<br>\n") + "</div></body></html>";
    }

    private static Map<String, Map<String, List<String>>> languages() throws IOException {
        try (InputStream file = ForwardVariantsTest.class.getResourceAsStream("/io/tributary/mail/words.yaml")) {
            return new YAMLMapper().readValue(file, new TypeReference<Map<String, Map<String, List<String>>>>() {});
        }
    }

    private interface Trial {
        void run(String name, Words words, Lead lead, String text);
    }

    private static void each(Trial trial) throws IOException {
        int number = 0;
        for (Map.Entry<String, Map<String, List<String>>> language : languages().entrySet()) {
            for (Map.Entry<String, Form> form : FORMS.entrySet()) {
                for (int turn = 0; turn < 6; turn++) {
                    number++;
                    Words words = new Words(language.getKey(), language.getValue(), turn);
                    Lead lead = new Lead(
                            PEOPLE.get(number % PEOPLE.size()),
                            SUBJECTS.get(number % SUBJECTS.size()),
                            DATES.get(number % DATES.size()));
                    String name = language.getKey() + ", " + form.getKey() + ", " + turn;
                    trial.run(name, words, lead, form.getValue().write(words, lead));
                }
            }
        }
    }

    private static LeadMail read(@Nullable String subject, String text) {
        return LeadMail.ofText(FORWARDER, subject, text);
    }

    @Test
    void the_author_of_a_forwarded_mail_is_found_in_every_form_and_language() throws IOException {
        List<String> wrong = new ArrayList<>();
        each((name, words, lead, text) -> {
            check(wrong, name, read(words.word("forward") + ": " + lead.subject, text), lead, null);
            check(
                    wrong,
                    name + ", note",
                    read("Fwd: " + lead.subject, "FYI, can you take this?\n\nSam\n\n" + text),
                    lead,
                    "FYI, can you take this?\n\nSam");
            check(wrong, name + ", HTML", read("FW: " + lead.subject, HtmlText.of(html(text))), lead, null);
        });
        assertThat(wrong).isEmpty();
    }

    private static void check(List<String> wrong, String name, LeadMail read, Lead lead, @Nullable String note) {
        Original original = read.original();
        String got = original == null
                ? "no forward"
                : original.from() + " / " + read.subject() + " / " + original.note() + " / "
                        + (original.text().replace("\u00a0", " ").contains("twelve pumps")
                                        && !original.text().contains("our-company")
                                ? "whole"
                                : original.text());
        String want = lead.from + " / " + lead.subject + " / " + note + " / whole";
        if (!Objects.equals(want, got)) {
            wrong.add(name + ": " + got + "\n   instead of " + want + "\n");
        }
    }

    @Test
    void an_answer_that_quotes_is_no_forward() throws IOException {
        List<String> wrong = new ArrayList<>();
        each((name, words, lead, text) -> {
            boolean saysForwarded = name.contains("gmail")
                    || name.contains("dashes")
                    || name.contains("equal")
                    || name.contains("header above")
                    || name.contains("together")
                    || name.contains(", quoted");
            if (!saysForwarded
                    && words.all.containsKey("reply")
                    && !words.word("reply").equals("VS")
                    && !words.word("reply").equals("R")) {
                LeadMail read =
                        read(words.word("reply") + ": " + lead.subject, "That is fine with me.\n\nSam\n\n" + text);
                if (read.isForwarded()) {
                    wrong.add(name);
                }
            }
        });
        assertThat(wrong).isEmpty();
    }
}
