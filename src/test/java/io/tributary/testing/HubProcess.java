package io.tributary.testing;

import io.tributary.Tributary;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/** A hub in a process of its own, started as an operator would start it; ended like by a power cut. */
public final class HubProcess implements AutoCloseable {
    private final Process process;
    private final String url;
    private final Path data;

    private HubProcess(Process process, String url, Path data) {
        this.process = process;
        this.url = url;
        this.data = data;
    }

    /** Starts a hub with these settings and returns when it is ready. */
    static HubProcess start(Map<String, String> environment, String url, Path data) throws IOException {
        ProcessBuilder builder = builder(environment);
        builder.redirectErrorStream(true);
        HubProcess hub = new HubProcess(builder.start(), url, data);
        // Also when the test run ends in the middle of a test.
        Runtime.getRuntime().addShutdownHook(new Thread(hub.process::destroyForcibly, "second-hub-stop"));
        hub.awaitReady();
        return hub;
    }

    /** A hub as a process with these settings and no others. */
    static ProcessBuilder builder(Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Tributary.class.getName());
        builder.environment().keySet().removeIf(name -> name.startsWith("TRIBUTARY_") || name.startsWith("OPENAI_"));
        builder.environment().putAll(environment);
        return builder;
    }

    private void awaitReady() throws IOException {
        BufferedReader output = process.inputReader();
        List<String> lines = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            lines.add(line);
            if (line.contains("is ready:")) {
                Thread drain = new Thread(() -> output.lines().forEach(more -> {}), "second-hub-output");
                drain.setDaemon(true);
                drain.start();
                return;
            }
        }
        throw new IOException("the second hub did not start:\n" + String.join("\n", lines));
    }

    /** Where it answers, without a trailing slash. */
    public String url() {
        return url;
    }

    /** The folder that its {@code TRIBUTARY_DATA} names. */
    public Path data() {
        return data;
    }

    /** Ends it at once, as {@code kill -9} does. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() throws IOException {
        kill();
        FileSystemUtils.deleteRecursively(data);
    }
}
