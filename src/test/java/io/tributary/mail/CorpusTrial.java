package io.tributary.mail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Measures reading against a file of mails with their answers: {@code java … CorpusTrial FILE}. */
public final class CorpusTrial {
    private CorpusTrial() {}

    /** Prints what was read wrong, and the share that was right by client. */
    public static void main(String[] arguments) throws IOException {
        Map<String, int[]> byClient = new TreeMap<>();
        long slowest = 0;
        for (String line : Files.readAllLines(Path.of(arguments[0]))) {
            JsonNode row = new ObjectMapper().readTree(line);
            byte[] bytes = Base64.getMimeDecoder().decode(row.path("eml_b64").asText());
            long start = System.nanoTime();
            LeadMail lead = LeadMail.of(MailReader.read(bytes));
            slowest = Math.max(slowest, (System.nanoTime() - start) / 1_000_000);
            List<String> wrong = wrong(row.path("expect"), lead);
            int[] count = byClient.computeIfAbsent(
                    row.path("client").asText(row.path("suite").asText()), key -> new int[2]);
            count[1]++;
            if (wrong.isEmpty()) {
                count[0]++;
            } else {
                System.out.println(row.path("id").asText() + " " + wrong);
            }
        }
        byClient.forEach((client, count) -> System.out.println(client + " " + count[0] + "/" + count[1]));
        System.out.println("macro "
                + byClient.values().stream()
                        .mapToDouble(count -> (double) count[0] / count[1])
                        .average()
                        .orElse(0)
                + ", slowest " + slowest + " ms");
    }

    private static List<String> wrong(JsonNode expect, LeadMail lead) {
        List<String> wrong = new ArrayList<>();
        JsonNode from = expect.path("from").isArray() ? expect.path("from").path(0) : expect.path("from");
        if (expect.has("forwarded") && expect.path("forwarded").asBoolean() != lead.isForwarded()) {
            wrong.add("forwarded " + lead.isForwarded());
        }
        if (from.has("address")) {
            compare(
                    wrong,
                    "address",
                    from.path("address").asText(null),
                    lead.contact().address());
        }
        if (from.hasNonNull("name")) {
            compare(wrong, "name", from.path("name").asText(), lead.contact().name());
        }
        if (expect.hasNonNull("subject")) {
            compare(
                    wrong,
                    "subject",
                    MailSubject.of(expect.path("subject").asText()).bare(),
                    lead.subject());
        }
        return wrong;
    }

    private static void compare(List<String> wrong, String what, @Nullable String want, @Nullable String got) {
        if (!flat(want).equals(flat(got))) {
            wrong.add(what + " <" + got + "> not <" + want + ">");
        }
    }

    private static String flat(@Nullable String text) {
        return text == null
                ? ""
                : Normalizer.normalize(text, Normalizer.Form.NFC)
                        .replaceAll("\\s+", " ")
                        .strip()
                        .toLowerCase(Locale.ROOT);
    }
}
