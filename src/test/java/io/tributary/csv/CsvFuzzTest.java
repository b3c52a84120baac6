package io.tributary.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damages files at random and reads them: whatever comes, they are read or refused, in time, and twice alike.
 *
 * <p>{@code -Dtributary.fuzz.files=100000} makes the long run, {@code -Dtributary.fuzz.seed=} repeats one.
 */
class CsvFuzzTest {

    private static final int FILES = Integer.getInteger("tributary.fuzz.files", 1_500);
    private static final long SEED = Long.getLong("tributary.fuzz.seed", System.nanoTime());
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private static final List<String> SEEDS = List.of(
            "name,company,value\nFleet,\"Orchard, Ltd\",1200\nParts,Quarry,\"8\"\"0\"\n\"two\nlines\",Lot,3\n",
            "name;company;value\r\nGröße;'Müller';1.234,50\r\nFlotte;Söhne;5\r\n",
            "# made by hand\nReport,,\n\nname\tcompany\tvalue\nFleet\tOrchard\t1\n\nGrand Totals (1 records)\n",
            "sep=|\nname|note\nA|\"say \\\"hi\\\" now\"\nB|'=1+1\n",
            "\ufeffname,company\r\nFleet,Orchard\r\n",
            "Fleet,Orchard,2026-01-02\nParts,Quarry,2026-02-03\n");

    private static final List<Charset> CHARSETS = List.of(
            StandardCharsets.UTF_8,
            StandardCharsets.UTF_16LE,
            Charset.forName("windows-1252"),
            Charset.forName("Shift_JIS"),
            StandardCharsets.UTF_16BE);

    private static final byte[] SHARP = "\"\"\"',;\t|\r\n\n\\#=\0\u001b".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    @Test
    void damaged_files_are_read_or_refused_in_time() throws IOException {
        System.out.println("CsvFuzzTest seed " + SEED);
        Random random = new Random(SEED);
        Path file = folder.resolve("damaged.csv");
        for (int i = 0; i < FILES; i++) {
            byte[] content = damaged(random);
            Files.write(file, content);
            // The time this thread works: the clock also runs while others have the processor.
            long started = CLOCK.getCurrentThreadCpuTime();
            try {
                CsvFile csv = CsvFile.open(file, CsvOptions.detect());
                String read = read(csv);
                assertThat(read(csv)).as("second pass").isEqualTo(read);
                String text = lettersAndDigits(new String(content, csv.encoding()));
                assertThat(text).as("nothing is lost below the header").contains(read);
            } catch (UnreadableCsvException e) {
                assertThat(e)
                        .as("file %d", i)
                        .hasMessageNotContaining(folder.toString())
                        .hasMessageEndingWith(".");
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(
                        "seed " + SEED + ", file " + i + ": " + new String(content, StandardCharsets.ISO_8859_1), e);
            }
            assertThat(Duration.ofNanos(CLOCK.getCurrentThreadCpuTime() - started))
                    .as("time for file %d of seed %d, %d bytes", i, SEED, content.length)
                    .isLessThan(LIMIT.plus(LIMIT.multipliedBy(content.length >> 20)));
        }
    }

    /** The letters and digits of header and rows, in order. */
    private static String read(CsvFile csv) throws IOException {
        StringBuilder read = new StringBuilder();
        List<String> header = csv.header();
        if (header != null) {
            header.forEach(read::append);
        }
        int rows = 0;
        try (RowReader reader = csv.rows()) {
            while (reader.hasNext()) {
                CsvRow row = reader.next();
                rows++;
                assertThat(row.row()).isEqualTo(rows);
                assertThat(row.cells()).isNotEmpty().doesNotContainNull();
                for (String cell : row.cells()) {
                    read.append(cell);
                }
            }
            assertThat(reader.trailerRows()).isNotNegative();
            assertThat(reader.bytesRead()).isEqualTo(csv.size());
        }
        return lettersAndDigits(read.toString());
    }

    private static String lettersAndDigits(String text) {
        StringBuilder kept = new StringBuilder();
        text.chars().filter(Character::isLetterOrDigit).forEach(c -> kept.append((char) c));
        return kept.toString();
    }

    private static byte[] damaged(Random random) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        Charset charset = CHARSETS.get(random.nextInt(CHARSETS.size()));
        int repeats = random.nextInt(50) == 0 ? 200 + random.nextInt(3_000) : 1 + random.nextInt(4);
        String seed = SEEDS.get(random.nextInt(SEEDS.size()));
        for (int i = 0; i < repeats; i++) {
            content.write(seed.getBytes(charset));
        }
        byte[] bytes = content.toByteArray();
        int changes = random.nextInt(1 + Math.min(60, bytes.length / 8));
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                default -> bytes[at] = SHARP[random.nextInt(SHARP.length)];
            }
        }
        return Arrays.copyOf(bytes, bytes.length - random.nextInt(1 + bytes.length / 4));
    }
}
