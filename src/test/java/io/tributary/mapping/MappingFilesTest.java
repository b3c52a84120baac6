package io.tributary.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappingFilesTest {
    private static final Path SOURCES = Path.of("src/main/resources/routes/sources");

    @Test
    void everyCaseBesideAMappingFileComesOutAsItSays() throws IOException {
        MappingCases.Outcome outcome = MappingCases.run(SOURCES);

        assertThat(outcome.faults()).isEmpty();
        assertThat(outcome.failures()).isEmpty();
        assertThat(outcome.cases()).isGreaterThan(60);
    }

    @Test
    void everyMappingFileHasCases() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            assertThat(files.filter(file -> file.toString().endsWith(".mapping.yaml")))
                    .hasSizeGreaterThanOrEqualTo(7)
                    .allSatisfy(
                            file -> assertThat(Path.of(file.toString().replace(".mapping.yaml", ".mapping.test.yaml")))
                                    .exists());
        }
    }

    @Test
    void aWrongMappingIsToldByItsCases(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("a.mapping.yaml"), "source: a\nfields:\n  name: [title]\n");
        Files.writeString(folder.resolve("a.mapping.test.yaml"), """
                cases:
                  - name: right
                    given: { title: T }
                    expect: { name: T }
                  - name: wrong value
                    given: { title: T }
                    expect: { name: U }
                  - name: wrongly taken
                    given: { title: T }
                    expect_errors: { name: is required }
                  - name: wrongly refused
                    given: { title: T, value: x }
                    expect: { name: T }
                  - name: misspelt
                    given: { title: T }
                    expects: { name: T }
                """);

        List<String> failures = MappingCases.run(folder).failures().stream()
                .map(MappingCases.Failure::problem)
                .toList();

        assertThat(failures).hasSize(4);
        assertThat(failures.get(0)).isEqualTo("name is T, expected U");
        assertThat(failures.get(1)).startsWith("was taken");
        assertThat(failures.get(2)).startsWith("was refused: value is not one plain amount");
        assertThat(failures.get(3)).startsWith("a case does not know [expects]");
    }
}
