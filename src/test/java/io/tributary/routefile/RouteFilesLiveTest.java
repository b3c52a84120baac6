package io.tributary.routefile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.testing.Eventually;
import io.tributary.testing.Reply;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

/** Files put into the folder of a hub that runs. */
@WithHub
class RouteFilesLiveTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String MAPPING = """
            source: partner
            fields:
              name: { from: [project], required: true }
              company: [end_customer]
              value: [volume]
              external_id: [registration]
            """;

    private static final String CASES = """
            cases:
              - name: a registration
                given: { project: Depot, volume: "1200" }
                expect: { name: Depot, value: %s }
            """;

    private static final String ROUTE = """
            - route:
                id: partner-receive
                description: Take a deal that a partner registered
                group: partner
                routeConfigurationId: failures
                from:
                  uri: platform-http
                  parameters:
                    path: /api/sales/deals/%s
                    httpMethodRestrict: POST
                    consumes: application/json
                  steps:
                    - setProperty:
                        name: source
                        expression:
                          constant:
                            expression: partner
                    - bean:
                        ref: intake
                        method: open(*, 'ingest')
                    - bean:
                        ref: doorway
                        method: takeJson(${body}, ${exchangeProperty.source})
                    - bean:
                        ref: respond
                        method: answer
            """;

    private static final String FETCHING = """
            - route:
                id: erp-collect
                description: Collect what the ERP exports each night
                group: erp
                from:
                  uri: file
                  parameters:
                    directoryName: "{{tributary.data}}/erp"
                    include: .*[.]json
                    delay: 200
                    initialDelay: 0
                  steps:
                    - setProperty:
                        name: source
                        expression:
                          constant:
                            expression: erp
                    - setProperty:
                        name: tenant
                        expression:
                          constant:
                            expression: %s
                    - setProperty:
                        name: recordsAt
                        expression:
                          constant:
                            expression: data.items
                    - to:
                        uri: direct
                        parameters:
                          name: take-records
            """;

    private Path folder;

    @BeforeEach
    void findFolder(TestHub hub) throws IOException {
        folder = Files.createDirectories(hub.data().resolve("routes"));
    }

    @AfterEach
    void emptyFolder(TestHub hub) throws IOException {
        FileSystemUtils.deleteRecursively(folder);
        Eventually.becomesTrue(PATIENCE, () -> items(hub).isEmpty());
    }

    @Test
    void a_source_of_two_files_takes_deals_as_soon_as_they_are_there(TestHub hub, Tenant tenant) throws IOException {
        assertThat(isTaken(tenant, "/partner")).isFalse();

        write("partner.mapping.yaml", MAPPING);
        write("partner.camel.yaml", ROUTE.formatted("partner"));
        Eventually.becomesTrue(PATIENCE, () -> tenant.post("/partner", Map.of()).status() == 422);
        Reply taken = tenant.post("/partner", Map.of("project", "Depot", "end_customer", "Orchard", "volume", 12000));

        assertThat(taken.status()).as(taken.toString()).isEqualTo(201);
        assertThat(taken.textAt("/source")).isEqualTo("partner");
        assertThat(taken.textAt("/deal/name")).isEqualTo("Depot");
        assertThat(tenant.get("/sources").at("/items")).anySatisfy(source -> {
            assertThat(source.get("source").asText()).isEqualTo("partner");
            assertThat(source.get("accepted").asInt()).isEqualTo(1);
            assertThat(source.get("state").asText()).isEqualTo("ok");
        });
        assertThat(tenant.get("/metrics").at("/sources/partner/accepted").asInt())
                .isEqualTo(1);

        // Changed, it takes deals under its new path alone; and gone, under none.
        write("partner.camel.yaml", ROUTE.formatted("partners"));
        Eventually.becomesTrue(
                PATIENCE, () -> tenant.post("/partners", Map.of()).status() == 422);
        assertThat(isTaken(tenant, "/partner")).isFalse();
        Files.delete(folder.resolve("partner.camel.yaml"));
        Eventually.becomesTrue(PATIENCE, () -> !isTaken(tenant, "/partners"));
    }

    @Test
    void a_source_of_two_files_may_fetch_its_records_by_itself(TestHub hub, Tenant tenant) throws IOException {
        write("erp.mapping.yaml", MAPPING.replace("source: partner", "source: erp"));
        write("erp.camel.yaml", FETCHING.formatted(tenant.id()));
        awaitState(hub, "erp.camel.yaml", "loaded");

        Path exports = Files.createDirectories(hub.data().resolve("erp"));
        Files.writeString(exports.resolve("night.json"), """
                {"page": 1, "data": {"items": [{"project": "Depot", "registration": "e-1", "volume": 700},
                                               {"project": "Yard", "registration": "e-2", "volume": "one or two"}]}}
                """);

        Eventually.becomesTrue(
                PATIENCE, () -> tenant.get("/?source=erp").at("/items").size() == 1);
        assertThat(tenant.get("/?source=erp").textAt("/items/0/external_id")).isEqualTo("e-1");
        assertThat(tenant.get("/rejected?source=erp").at("/items")).hasSize(1);
        assertThat(tenant.get("/imports").textAt("/items/0/source")).isEqualTo("erp");
        assertThat(tenant.get("/metrics").at("/sources/erp/rejected").asInt()).isEqualTo(1);
    }

    @Test
    void a_mapping_that_changes_reads_the_next_record(TestHub hub, Tenant tenant) throws IOException {
        write("partner.mapping.yaml", MAPPING);
        write("partner.camel.yaml", ROUTE.formatted("partner"));
        awaitState(hub, "partner.camel.yaml", "loaded");
        tenant.post("/partner", Map.of("project", "Depot", "account", "Orchard"));

        write("partner.mapping.yaml", MAPPING.replace("end_customer", "account"));

        Eventually.becomesTrue(
                PATIENCE,
                () -> tenant.post("/partner", Map.of("project", "Depot 2", "account", "Orchard"))
                        .textAt("/deal/company")
                        .equals("Orchard"));
    }

    @Test
    void a_broken_file_is_reported_with_its_line_and_what_ran_before_goes_on(TestHub hub, Tenant tenant)
            throws IOException {
        write("partner.mapping.yaml", MAPPING);
        write("partner.camel.yaml", ROUTE.formatted("partner"));
        awaitState(hub, "partner.camel.yaml", "loaded");

        write("partner.camel.yaml", ROUTE.formatted("partner").replace("httpMethodRestrict", "httpMethodRestricts"));

        JsonNode broken = awaitState(hub, "partner.camel.yaml", "earlier");
        assertThat(broken.at("/faults/0/line").asInt()).isEqualTo(10);
        assertThat(broken.at("/faults/0/problem").asText()).contains("httpMethodRestricts");
        assertThat(broken.at("/faults/0/mend").asText()).contains("httpMethodRestrict");
        assertThat(tenant.post("/partner", Map.of("project", "Depot")).status()).isEqualTo(201);
        assertThat(hub.admin().get("/health").textAt("/checks/route_files/broken/0"))
                .isEqualTo("partner.camel.yaml");
    }

    @Test
    void an_endpoint_that_cannot_be_made_leaves_the_route_that_runs_alone(TestHub hub, Tenant tenant)
            throws IOException {
        write("partner.mapping.yaml", MAPPING);
        write("partner.camel.yaml", ROUTE.formatted("partner"));
        awaitState(hub, "partner.camel.yaml", "loaded");

        // Nothing in the file tells that there is no such bean.
        write("partner.camel.yaml", ROUTE.formatted("partner").replace("ref: doorway", "ref: doorways"));

        JsonNode broken = awaitState(hub, "partner.camel.yaml", "earlier");
        assertThat(broken.at("/faults/0/problem").asText()).contains("doorways");
        assertThat(tenant.post("/partner", Map.of("project", "Depot")).status()).isEqualTo(201);
    }

    @Test
    void a_mapping_whose_cases_fail_is_not_put_in_force(TestHub hub, Tenant tenant) throws IOException {
        write("partner.camel.yaml", ROUTE.formatted("partner"));
        write("partner.mapping.test.yaml", CASES.formatted("1200"));
        write("partner.mapping.yaml", MAPPING);
        awaitState(hub, "partner.mapping.yaml", "loaded");

        write("partner.mapping.yaml", MAPPING.replace("volume", "amount"));

        JsonNode kept = awaitState(hub, "partner.mapping.yaml", "earlier");
        assertThat(kept.at("/faults/0/file").asText()).isEqualTo("partner.mapping.test.yaml");
        assertThat(tenant.post("/partner", Map.of("project", "Depot", "volume", 5))
                        .at("/deal/value")
                        .asInt())
                .isEqualTo(5);
    }

    @Test
    void a_file_of_a_built_in_name_takes_its_place_and_gives_it_back(TestHub hub, Tenant tenant) throws IOException {
        String builtIn = Files.readString(Path.of("src/main/resources/routes/sources/manual/manual.camel.yaml"));
        write("deep/manual.camel.yaml", builtIn.replace("/api/sales/deals/manual", "/api/sales/deals/typed"));

        JsonNode loaded = awaitState(hub, "deep/manual.camel.yaml", "loaded");
        assertThat(loaded.get("replaces").asText()).isEqualTo("routes/sources/manual/manual.camel.yaml");
        assertThat(tenant.post("/typed", Map.of("name", "Depot")).status()).isEqualTo(201);
        assertThat(isTaken(tenant, "/manual")).isFalse();

        Files.delete(folder.resolve("deep/manual.camel.yaml"));

        Eventually.becomesTrue(PATIENCE, () -> isTaken(tenant, "/manual"));
        assertThat(isTaken(tenant, "/typed")).isFalse();
    }

    @Test
    void own_files_are_shown_to_the_operator_alone(TestHub hub, Tenant tenant) {
        assertThat(tenant.get("/api/admin/route-files").status()).isEqualTo(403);
        assertThat(hub.stranger().get("/api/admin/route-files").status()).isEqualTo(401);
    }

    /** A path without a POST is one that the hub does not know, or knows for reading alone. */
    private static boolean isTaken(Tenant tenant, String path) {
        int status = tenant.post(path, Map.of()).status();
        return status != 404 && status != 405 && status != 503;
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static JsonNode items(TestHub hub) {
        return hub.admin().get("/api/admin/route-files").at("/items");
    }

    private static JsonNode awaitState(TestHub hub, String file, String state) {
        Eventually.within(
                PATIENCE,
                () -> assertThat(items(hub)).anySatisfy(item -> {
                    assertThat(item.get("file").asText()).isEqualTo(file);
                    assertThat(item.get("state").asText()).isEqualTo(state);
                }));
        return StreamSupport.stream(items(hub).spliterator(), false)
                .filter(item -> item.get("file").asText().equals(file))
                .findFirst()
                .orElseThrow();
    }
}
