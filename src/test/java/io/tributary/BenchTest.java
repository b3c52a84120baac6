package io.tributary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The benchmark runs with numbers too small to mean anything: what it compares with does the same work, and it tells so. */
class BenchTest {
    /** What stands in the first column, in order. */
    private static final List<String> MEASURED = List.of(
            "ceiling of the database, 400 rows",
            "CSV upload, 400 rows",
            "what follows it: possible duplicates, insights, scores, trends",
            "plain service, one transaction a request, 32 connections",
            "single POSTs, 1 connection",
            "single POSTs, 32 connections",
            "single POSTs, 128 connections",
            "5,000 rows into 0",
            "5,000 rows into 50",
            "5,000 rows into 500",
            "rank and percentile of a deal at one value among 500",
            "rank and percentile of a deal at a value of its own among 500");

    @Test
    void it_prints_its_whole_table(@TempDir Path folder) throws Exception {
        List<String> lines = run(folder, "run", "--rows 400 --runs 1 --seconds 0.5 --million 500");

        assertThat(lines.get(0)).matches("\\d{4}-\\d\\d-\\d\\d, .+ cores, \\d+ GB; .+");
        List<List<String>> rows = lines.stream()
                .filter(line -> line.startsWith("| "))
                .skip(1)
                .map(line -> List.of(line.split(" *\\| *", -1)))
                .toList();
        assertThat(rows).extracting(row -> row.get(1)).isEqualTo(MEASURED);
        assertThat(rows).allMatch(row -> row.get(2).matches("[\\d.,]+( rows)?(/s| ms| s)"));
    }

    /** What they do takes an hour, and in short it is done by KillTest; here is seen that they start. */
    @ParameterizedTest
    @ValueSource(strings = {"resume.py", "kill.py"})
    void the_long_trials_start(String trial, @TempDir Path folder) throws Exception {
        assertThat(run(folder, trial, "--help").get(0)).startsWith("usage: " + trial);
    }

    /** What a program of the bench prints, which has to end well. */
    private static List<String> run(Path folder, String program, String arguments) throws Exception {
        Path output = folder.resolve("output");
        List<String> command = new ArrayList<>(List.of("python3", "bench/" + program));
        command.addAll(List.of(arguments.split(" ", -1)));
        command.addAll(List.of(
                "--jvm=-XX:TieredStopAtLevel=1",
                "--class-path",
                absolute(System.getProperty("java.class.path")),
                "--data",
                folder.resolve("data").toString()));
        Process bench = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = bench.waitFor(6, TimeUnit.MINUTES);
        bench.destroyForcibly();

        List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
        assertThat(ended && bench.exitValue() == 0).as(String.join("\n", lines)).isTrue();
        return lines;
    }

    private static String absolute(String classPath) {
        return String.join(
                File.pathSeparator,
                List.of(classPath.split(File.pathSeparator, -1)).stream()
                        .map(entry -> new File(entry).getAbsolutePath())
                        .toList());
    }
}
