package io.tributary;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.json.Json;
import io.tributary.json.UnreadableJsonException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One terminal: runs blocks with bash one after the other, each with what those before it have exported. */
final class ReadmeShell {
    private static final String ANYTHING = "…";
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private final Path folder;
    private final int port;

    ReadmeShell(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** Runs {@code block} and fails unless it ends well and prints what {@code answer} says. */
    void check(ReadmeBlock block, @Nullable ReadmeBlock answer) throws Exception {
        long patience = System.nanoTime() + (block.soon() ? SOON.toNanos() : 0);
        while (true) {
            try {
                compare(run(block.text()), answer);
                return;
            } catch (AssertionError notYet) {
                if (System.nanoTime() - patience >= 0) {
                    throw notYet;
                }
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
        }
    }

    private String run(String text) throws IOException, InterruptedException {
        Path exports = folder.resolve("exports.sh");
        String script = "set -euo pipefail\n"
                + (Files.exists(exports) ? ". ./exports.sh\n" : "")
                + text.replace("localhost:8080", "localhost:" + port)
                + "\nexport -p > exports.sh\n";
        Path said = folder.resolve("said.txt");
        Process bash = new ProcessBuilder("bash", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        bash.getOutputStream().close();
        boolean ended = bash.waitFor(60, TimeUnit.SECONDS);
        bash.destroyForcibly();
        String output = Files.readString(said);
        assertThat(ended).as("ended within a minute, having said: %s", output).isTrue();
        assertThat(bash.exitValue()).as("exit status, having said: %s", output).isZero();
        return output;
    }

    private static void compare(String output, @Nullable ReadmeBlock answer) throws UnreadableJsonException {
        if (answer == null) {
            assertThat(output).isEmpty();
        } else if (answer.language().equals("text")) {
            assertThat(lines(output)).matches(pattern(answer.text()));
        } else {
            assertHolds("answer", Json.read(answer.text()), Json.read(output), output);
        }
    }

    private static String lines(String output) {
        return output.lines().map(String::stripTrailing).collect(Collectors.joining("\n"));
    }

    private static Pattern pattern(String text) {
        String expression =
                Arrays.stream(text.split(ANYTHING, -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(expression, Pattern.DOTALL);
    }

    /** An object holds at least what is expected, a list exactly; numbers are equal by value. */
    private static void assertHolds(String where, @Nullable Object expected, @Nullable Object actual, String output) {
        if (ANYTHING.equals(expected)) {
            return;
        }
        if (expected instanceof Map<?, ?> wanted) {
            assertThat(actual).as("%s in %s", where, output).isInstanceOf(Map.class);
            Map<?, ?> given = (Map<?, ?>) Objects.requireNonNull(actual);
            wanted.forEach((name, value) -> {
                assertThat(given.containsKey(name))
                        .as("%s.%s in %s", where, name, output)
                        .isTrue();
                assertHolds(where + "." + name, value, given.get(name), output);
            });
        } else if (expected instanceof List<?> wanted) {
            assertThat(actual).as("%s in %s", where, output).isInstanceOf(List.class);
            List<?> given = (List<?>) Objects.requireNonNull(actual);
            assertThat(given).as("%s in %s", where, output).hasSameSizeAs(wanted);
            for (int i = 0; i < wanted.size(); i++) {
                assertHolds(where + "[" + i + "]", wanted.get(i), given.get(i), output);
            }
        } else if (expected instanceof Number && actual instanceof Number) {
            assertThat(new BigDecimal(actual.toString()))
                    .as("%s in %s", where, output)
                    .isEqualByComparingTo(new BigDecimal(expected.toString()));
        } else {
            assertThat(actual).as("%s in %s", where, output).isEqualTo(expected);
        }
    }
}
