package io.tributary.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.tributary.json.Json;
import io.tributary.testing.Reply;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The description of the API, held against the routes that run and against what they answer. */
@WithHub
class ApiDocumentTest {

    @Test
    void every_route_is_described_and_every_description_has_its_route(TestHub hub) {
        ApiDocument document = new ApiDocument(hub.camelContext());

        Set<String> running = names(document.running());
        Set<String> described = names(document.described());

        assertThat(running).as("routes without an entry in resources/openapi").isSubsetOf(described);
        assertThat(described).as("entries in resources/openapi without a route").isSubsetOf(running);
    }

    @Test
    void it_is_an_openapi_document_that_needs_no_key(TestHub hub) {
        Reply reply = hub.stranger().get("/openapi.json");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.textAt("/openapi")).startsWith("3.1");
        JsonNode document = reply.json();
        document.findValuesAsText("$ref")
                .forEach(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
        List<String> ids = document.findValuesAsText("operationId");
        assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThan(30);
    }

    @Test
    void answers_are_as_described(Tenant tenant, TestHub hub) {
        JsonNode document = hub.stranger().get("/openapi.json").json();
        Reply taken = tenant.post(
                "/api", Map.of("name", "Described", "company", "Acme", "value", 5, "contact_email", "a@b.example"));
        String deal = "/" + taken.textAt("/deal/id");
        Reply rejected = tenant.post("/api", Map.of("name", "Wrong", "value", "twelve"));
        Reply bulk = tenant.post("/bulk", List.of(Map.of("name", "One"), Map.of("value", 1)));
        String quarantined = "/rejected/" + rejected.textAt("/rejected_id");

        describes(document, "post", "/api", taken);
        describes(document, "post", "/api", rejected);
        describes(document, "post", "/bulk", bulk);
        describes(document, "get", "", tenant.get(""));
        describes(document, "get", "/{id}", tenant.get(deal));
        describes(document, "patch", "/{id}", tenant.patch(deal, Map.of("value", 6)));
        describes(document, "patch", "/{id}", tenant.patch(deal, Map.of("stage", "no")));
        describes(document, "post", "/{id}/activities", tenant.post(deal + "/activities", Map.of("type", "call")));
        describes(document, "get", "/{id}/activities", tenant.get(deal + "/activities"));
        describes(document, "get", "/leads", tenant.get("/leads"));
        describes(document, "get", "/leads/{id}", tenant.get("/leads/" + taken.textAt("/lead/id")));
        describes(document, "get", "/rejected", tenant.get("/rejected"));
        describes(document, "get", "/rejected/causes", tenant.get("/rejected/causes"));
        describes(document, "get", "/rejected/{id}", tenant.get(quarantined));
        describes(document, "post", "/rejected/{id}/replay", tenant.post(quarantined + "/replay", Map.of("value", 1)));
        describes(document, "post", "/rejected/replay", tenant.post("/rejected/replay", Map.of()));
        describes(document, "get", "/imports", tenant.get("/imports"));
        describes(document, "get", "/imports/{id}", tenant.get("/imports/" + bulk.textAt("/import_id")));
        describes(document, "get", "/metrics", tenant.get("/metrics"));
        describes(document, "get", "/sources", tenant.get("/sources"));
        describes(document, "get", "/activity", tenant.get("/activity"));
        describes(document, "get", "/audit", tenant.get("/audit"));
        describes(document, "get", "/keys", tenant.get("/keys"));
        describes(document, "get", "/settings", tenant.get("/settings"));
        describes(document, "get", "/connections", tenant.get("/connections"));
        describes(document, "get", "/{id}", hub.stranger().get(deal));
    }

    @Test
    void a_wrong_answer_would_be_noticed(TestHub hub) {
        JsonNode document = hub.stranger().get("/openapi.json").json();
        ObjectNode wrong = Json.mapper().createObjectNode().put("status", "success");

        assertThat(faults(document, "get", "/{id}", 200, wrong)).isNotEmpty();
    }

    @Test
    void the_page_shows_it_from_here_alone(TestHub hub) {
        Reply page = hub.stranger().get("/docs");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(page.header("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'")
                .doesNotContain("unsafe");
        assertThat(page.text()).doesNotContain("http:").doesNotContain("https:").doesNotContain("<script>");
        for (String file : List.of("docs.js", "swagger-ui-bundle.js", "swagger-ui.css")) {
            assertThat(hub.stranger().get("/docs/" + file).status()).as(file).isEqualTo(200);
        }
        assertThat(hub.stranger().get("/docs/package.json").status()).isEqualTo(404);
    }

    private static Set<String> names(List<ApiOperation> operations) {
        return operations.stream()
                .map(operation -> operation.method() + " " + operation.path())
                .collect(Collectors.toSet());
    }

    private static void describes(JsonNode document, String method, String path, Reply reply) {
        assertThat(faults(document, method, path, reply.status(), reply.json()))
                .as(reply.toString())
                .isEmpty();
    }

    private static List<String> faults(JsonNode document, String method, String path, int status, JsonNode body) {
        JsonNode response = document.at(
                "/paths/" + ("/api/sales/deals" + path).replace("/", "~1") + "/" + method + "/responses/" + status);
        assertThat(response.isMissingNode())
                .as(method + " " + path + " is not described to answer " + status)
                .isFalse();
        JsonNode resolved =
                response.has("$ref") ? document.at(response.get("$ref").asText().substring(1)) : response;
        ObjectNode schema = Json.mapper().createObjectNode();
        schema.set("components", document.get("components"));
        schema.set("allOf", Json.mapper().createArrayNode().add(resolved.at("/content/application~1json/schema")));
        return Stream.of(JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schema))
                .flatMap(known -> known.validate(body).stream())
                .map(ValidationMessage::getMessage)
                .toList();
    }
}
