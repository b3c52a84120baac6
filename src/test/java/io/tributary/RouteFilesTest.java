package io.tributary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.tributary.check.Report;
import io.tributary.check.RouteCheck;
import io.tributary.check.SourceFile;
import io.tributary.check.SourceFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The built-in routes and mappings obey the rules, and the rules find what they are for: each folder of
 * {@code cases/check} holds files that are wrong on purpose and, in {@code expected.txt}, everything there is to say.
 */
class RouteFilesTest {

    private static final Path CASES = Path.of("src/test/resources/cases/check");

    private static final RouteCheck ROUTE_CHECK = new RouteCheck();

    @Test
    void theBuiltInFilesAreClean() throws IOException {
        Report report = ROUTE_CHECK.check(SourceFiles.builtIn());

        assertThat(report.faults()).isEmpty();
    }

    @Test
    void everyBuiltInFileIsChecked() throws IOException {
        List<String> inTheSources = filesBelow(Path.of("src/main/resources/routes"));

        assertThat(SourceFiles.builtIn())
                .extracting(SourceFile::name)
                .containsExactlyInAnyOrderElementsOf(inTheSources);
    }

    @TestFactory
    Stream<DynamicTest> theRulesFindWhatIsWrong() throws IOException {
        try (Stream<Path> cases = Files.list(CASES)) {
            return cases.sorted().toList().stream()
                    .map(folder -> dynamicTest(
                            folder.getFileName().toString(),
                            () -> assertThat(said(folder))
                                    .isEqualTo(Files.readString(folder.resolve("expected.txt")))));
        }
    }

    private static String said(Path folder) throws IOException {
        List<SourceFile> files = new ArrayList<>(SourceFiles.in(folder.resolve("routes"), true));
        Path own = folder.resolve("own");
        if (Files.isDirectory(own)) {
            files.addAll(SourceFiles.in(own, false));
        }
        Report report = ROUTE_CHECK.check(files);
        StringBuilder said = new StringBuilder();
        report.warnings()
                .forEach(warning -> said.append("warning: ").append(warning).append('\n'));
        report.faults().forEach(fault -> said.append(fault).append('\n'));
        return said.toString().replace(folder + "/", "");
    }

    private static List<String> filesBelow(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(path -> path.toString().endsWith(".yaml"))
                    .map(path -> "routes/" + folder.relativize(path))
                    .toList();
        }
    }
}
