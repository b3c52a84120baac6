package io.tributary.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckTest {

    private static final String ROUTE = """
            - route:
                id: own-tick
                description: Ticks
                group: own
                from:
                  uri: timer
                  parameters:
                    timerName: own-tick
                  steps:
                    - log:
                        message: %s
            """;

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void aFolderWithoutFaultsEndsWithZero() throws IOException {
        Files.writeString(folder.resolve("tick.camel.yaml"), ROUTE.formatted("tick"));

        assertThat(run(folder.toString())).isZero();
        assertThat(printed()).endsWith("0 faults, 0 warnings.\n");
    }

    @Test
    void aFaultIsPrintedWithItsPlaceAndEndsWithOne() throws IOException {
        Path file = folder.resolve("tick.camel.yaml");
        Files.writeString(file, ROUTE.formatted("${bodyy}"));

        assertThat(run(folder.toString())).isOne();
        assertThat(printed())
                .contains(file + ":11: this is not Camel's simple language")
                .endsWith("1 fault, 0 warnings.\n");
    }

    @Test
    void aWarningAloneEndsWithZero() throws IOException {
        Files.writeString(folder.resolve("tick.yaml"), ROUTE.formatted("tick"));

        assertThat(run(folder.toString())).isZero();
        assertThat(printed()).contains("warning: ").endsWith("0 faults, 1 warning.\n");
    }

    @Test
    void aFolderThatDoesNotExistIsAMistakeOfTheCaller() throws IOException {
        assertThat(run(folder.resolve("none").toString())).isEqualTo(2);
    }

    @Test
    void moreThanOneFolderIsAMistakeOfTheCaller() throws IOException {
        assertThat(run("a", "b")).isEqualTo(2);
    }

    @Test
    void bytesThatAreNoTextAreAFaultInTheirLine() throws IOException {
        Path file = folder.resolve("latin.camel.yaml");
        Files.write(file, ROUTE.formatted("Café").getBytes(StandardCharsets.ISO_8859_1));

        assertThat(run(folder.toString())).isOne();
        assertThat(printed()).contains(file + ":11: this is not UTF-8. Save the file as UTF-8.\n");
    }

    @Test
    void mappingsAndTheirCasesAreCheckedTogether() {
        MappingRule rule = new MappingRule() {
            @Override
            public List<Fault> check(SourceFile mapping) {
                return List.of(new Fault(mapping.name(), 3, "mapping", "mend"));
            }

            @Override
            public List<Fault> checkCases(SourceFile cases, @Nullable SourceFile mapping) {
                return List.of(new Fault(cases.name(), 4, mapping == null ? "none" : mapping.name(), "mend"));
            }
        };
        SourceFile builtIn = new SourceFile("routes/crm.mapping.yaml", "", true);
        SourceFile own = new SourceFile("own/crm.mapping.yaml", "", false);
        SourceFile cases = new SourceFile("routes/crm.mapping.test.yaml", "", true);
        SourceFile orphan = new SourceFile("own/other.mapping.test.yaml", "", false);

        Report report = new RouteCheck(rule).check(List.of(builtIn, cases, own, orphan));

        assertThat(report.faults())
                .containsExactly(
                        new Fault("own/crm.mapping.yaml", 3, "mapping", "mend"),
                        new Fault("own/other.mapping.test.yaml", 4, "none", "mend"),
                        new Fault("routes/crm.mapping.test.yaml", 4, "own/crm.mapping.yaml", "mend"));
    }

    @Test
    void aMappingIsReadAsTheHubReadsIt() throws IOException {
        Files.writeString(folder.resolve("crm.mapping.yaml"), "source: crm\nfields:\n  nmae: [title]\n");

        assertThat(run(folder.toString())).isOne();
        assertThat(printed()).contains("crm.mapping.yaml:3: ");
    }

    @Test
    void aCaseThatComesOutOtherwiseIsAFaultInItsLine() throws IOException {
        Files.writeString(folder.resolve("crm.mapping.yaml"), "source: crm\nfields:\n  name: [title]\n");
        Files.writeString(folder.resolve("crm.mapping.test.yaml"), """
                cases:
                  - name: the title is the name
                    given: { title: Fleet portal }
                    expect: { name: Fleet portal }
                  - name: the title is lost
                    given: { title: Fleet portal }
                    expect: { name: Other }
                """);

        assertThat(run(folder.toString())).isOne();
        assertThat(printed())
                .contains("crm.mapping.test.yaml:5: the case \"the title is lost\" ")
                .endsWith("1 fault, 0 warnings.\n");
    }

    @Test
    void casesWithoutAMappingAreAFault() throws IOException {
        Files.writeString(folder.resolve("alone.mapping.test.yaml"), "cases: []\n");

        assertThat(run(folder.toString())).isOne();
        assertThat(printed()).contains("alone.mapping.test.yaml:1: there is no mapping of this name.");
    }

    private int run(String... arguments) throws IOException {
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        return Check.run(arguments, out, out);
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
