package io.tributary.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.testing.Eventually;
import io.tributary.testing.Reply;
import io.tributary.testing.Target;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@WithHub
class ConnectionFilesTest {
    private static final Duration SOON = Duration.ofSeconds(15);

    private Path file = Path.of("");

    private void write(TestHub hub, Tenant tenant, String parameters) throws IOException {
        write(Files.createDirectories(hub.data().resolve("routes").resolve(tenant.id())), tenant, parameters);
    }

    private void write(Path folder, Tenant tenant, String parameters) throws IOException {
        String text = """
                - templatedRoute:
                    routeId: from-file
                    routeTemplateRef: %s
                    parameters:
                      - name: tenant
                        value: %s
                      - name: workspace
                        value: main
                """;
        file = folder.resolve("hook.camel.yaml");
        Path draft = folder.resolve("hook.draft");
        Files.writeString(
                draft,
                text.formatted(parameters.lines().findFirst().orElseThrow(), tenant.id())
                        + parameters
                                .lines()
                                .skip(1)
                                .map(line -> "      " + line + "\n")
                                .reduce("", String::concat));
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
    }

    @AfterEach
    void takeItAway(TestHub hub) throws IOException {
        Files.deleteIfExists(file);
        hub.camelContext().getRegistry().findSingleByType(ConnectionFiles.class).refresh();
    }

    private static String smtp(int port) {
        return """
                smtp
                - name: host
                  value: 127.0.0.1
                - name: port
                  value: %d
                - name: tls
                  value: none
                - name: from
                  value: robot@example.com
                """.formatted(port);
    }

    @Test
    void a_file_makes_changes_and_ends_a_connection_while_the_hub_runs(TestHub hub, Tenant tenant) throws IOException {
        write(hub, tenant, smtp(2525));
        Eventually.within(
                SOON,
                () -> assertThat(tenant.get("/connections/from-file").status()).isEqualTo(200));
        Reply shown = tenant.get("/connections/from-file");
        assertThat(shown.textAt("/kind")).isEqualTo("smtp");
        assertThat(shown.textAt("/made_by")).isEqualTo("file");
        assertThat(shown.textAt("/file")).isEqualTo("hook.camel.yaml");
        assertThat(runs(hub, tenant)).isTrue();
        assertThat(tenant.put("/connections/from-file", Map.of("kind", "smtp")).status())
                .isEqualTo(409);
        assertThat(tenant.delete("/connections/from-file").status()).isEqualTo(409);

        write(hub, tenant, smtp(2526));
        Eventually.within(
                SOON,
                () -> assertThat(tenant.get("/connections/from-file")
                                .at("/parameters/port")
                                .asInt())
                        .isEqualTo(2526));

        Files.delete(file);
        Eventually.within(
                SOON,
                () -> assertThat(tenant.get("/connections/from-file").status()).isEqualTo(404));
        Eventually.within(SOON, () -> assertThat(runs(hub, tenant)).isFalse());
    }

    private static boolean runs(TestHub hub, Tenant tenant) {
        return hub.camelContext().getRoutes().stream()
                .anyMatch(route -> route.getRouteId().endsWith("." + tenant.id() + ".main.from-file"));
    }

    @Test
    void a_file_that_is_wrong_leaves_what_it_made_before(TestHub hub, Tenant tenant) throws IOException {
        write(hub, tenant, smtp(2525));
        Eventually.within(SOON, () -> assertThat(runs(hub, tenant)).isTrue());

        for (String wrong :
                new String[] {smtp(2525).replace("name: host", "name: hots"), "smtp\n- name: [", smtp(99999)}) {
            write(hub, tenant, wrong);
            hub.camelContext()
                    .getRegistry()
                    .findSingleByType(ConnectionFiles.class)
                    .refresh();

            assertThat(tenant.get("/connections/from-file")
                            .at("/parameters/port")
                            .asInt())
                    .isEqualTo(2525);
            assertThat(runs(hub, tenant)).isTrue();
        }
    }

    @Test
    void a_secret_comes_from_the_environment_and_what_is_wrong_with_it_is_told(TestHub hub, Tenant tenant)
            throws IOException {
        Path folder = Files.createDirectories(hub.data().resolve("elsewhere").resolve(tenant.id()));
        Map<String, String> environment = new HashMap<>();
        ConnectionFiles files = new ConnectionFiles(
                folder,
                ConnectionKinds.installed(),
                hub.camelContext().getRegistry().findSingleByType(Connections.class),
                environment::get);
        try (Target target = Target.answering(200)) {
            String hook = """
                    webhook
                    - name: url
                      value: %s
                    - name: secret
                      value: "{{env:HOOK_SECRET}}"
                    """.formatted(target.url());
            write(folder, tenant, hook);
            files.refresh();
            assertThat(tenant.get("/connections/from-file").textAt("/state")).isEqualTo("failing");
            assertThat(tenant.get("/connections/from-file").textAt("/last_error"))
                    .isEqualTo("the environment of this hub has no variable HOOK_SECRET");

            environment.put("HOOK_SECRET", "not base64!");
            write(folder, tenant, hook + "\n");
            files.refresh();
            assertThat(tenant.get("/connections/from-file").textAt("/last_error"))
                    .contains("its secret is no base64");
            assertThat(tenant.get("/connections/from-file").text()).doesNotContain("not base64!");

            environment.put("HOOK_SECRET", "dGhlLXNlY3JldA==");
            write(folder, tenant, hook + "\n\n");
            files.refresh();
            assertThat(runs(hub, tenant)).isTrue();
            tenant.post("/api", Map.of("name", "Told by a file"));
            Eventually.within(SOON, () -> assertThat(target.received()).isNotEmpty());
        } finally {
            Files.delete(file);
            files.refresh();
        }
    }
}
