package io.tributary;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.check.Report;
import io.tributary.check.RouteCheck;
import io.tributary.check.SourceFile;
import io.tributary.check.SourceFiles;
import io.tributary.start.Hub;
import io.tributary.start.Settings;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/**
 * The README keeps its word: every {@code sh} block is run as it stands, one after the other as a newcomer would, against
 * a hub that was never used before. How a block says what to expect: CONTRIBUTING.md, "Examples in the README".
 */
class ReadmeTest {
    private static final Path README = Path.of("README.md").toAbsolutePath();

    /** What cannot run inside a test: each {@code console} block's first command. */
    private static final List<String> NOT_RUN = List.of(
            "$ git clone <the address of this repository> tributary",
            "$ cp .env.example .env",
            "$ createuser --createrole --pwprompt tributary");

    @TempDir
    private static Path folder;

    private static Hub hub;
    private static ReadmeShell shell;

    @BeforeAll
    static void startHub() throws Exception {
        int port = freePort();
        Path data = folder.resolve("data");
        Map<String, String> environment = Map.of("PORT", Integer.toString(port), "TRIBUTARY_DATA", data.toString());
        hub = Hub.start(Settings.read(environment::get, new Properties()));
        FileSystemUtils.copyRecursively(README.resolveSibling("samples"), folder.resolve("samples"));
        shell = new ReadmeShell(folder, port);
    }

    @AfterAll
    static void stopHub() {
        hub.close();
    }

    @TestFactory
    Stream<DynamicTest> everyExampleDoesWhatItsTextSays() throws IOException {
        List<ReadmeBlock> blocks = ReadmeBlock.read(README);
        List<DynamicTest> examples = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            ReadmeBlock block = blocks.get(i);
            if (block.language().equals("sh")) {
                ReadmeBlock answer = block.answer(i + 1 < blocks.size() ? blocks.get(i + 1) : null);
                examples.add(DynamicTest.dynamicTest(block.title(), () -> shell.check(block, answer)));
            }
        }
        assertThat(examples).hasSizeGreaterThan(20);
        return examples.stream();
    }

    @Test
    void onlyWhatStartsOrInstallsAHubIsLeftOut() throws IOException {
        assertThat(ReadmeBlock.read(README))
                .filteredOn(block -> block.language().equals("console"))
                .extracting(block -> block.text().lines().findFirst().orElseThrow())
                .containsExactlyElementsOf(NOT_RUN);
    }

    @Test
    void theSourceThatIsAddedHasNoFault(@TempDir Path source) throws IOException {
        List<Path> written = new ArrayList<>();
        for (ReadmeBlock block : ReadmeBlock.read(README)) {
            if (block.language().equals("yaml")) {
                String name = block.text().lines().findFirst().orElseThrow().substring(2);
                written.add(Files.writeString(source.resolve(name), block.text()));
            }
        }
        List<SourceFile> files = new ArrayList<>(SourceFiles.builtIn());
        files.addAll(SourceFiles.in(source, false));

        Report report = new RouteCheck().check(files);

        assertThat(written).hasSize(2);
        assertThat(Stream.concat(report.faults().stream(), report.warnings().stream()))
                .filteredOn(fault -> fault.file().contains("partner"))
                .isEmpty();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
