package io.tributary.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.tenant.Scope;
import io.tributary.testing.Caller;
import io.tributary.testing.Leaks;
import io.tributary.testing.Reply;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every door that the running hub has refuses in the one error format; a door that is added is found by itself. */
@WithHub
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErrorFormatTest {
    private static final String NOBODYS_ID = "00000000-0000-7000-8000-000000000000";
    private static final Map<String, String> SOURCES = Map.of(
            "/manual", "manual",
            "/api", "api",
            "/bulk", "api",
            "/web-form", "web_form",
            "/csv/upload", "csv",
            "/csv/preview", "csv");

    private TestHub hub;
    private Tenant tenant;
    private Tenant other;
    private Caller form;

    /** A path with its parameters filled in, one of its methods, and the types it takes; empty for any. */
    record Door(String method, String path, Set<String> types) {
        boolean isAdmin() {
            return path.startsWith("/api/admin");
        }

        boolean takesJson() {
            return !method.equals("GET") && types.stream().anyMatch(type -> type.contains("json"));
        }

        String below() {
            return path.startsWith(Caller.BASE) ? path.substring(Caller.BASE.length()) : path;
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    @BeforeAll
    void meet(TestHub shared, Tenant one, Tenant another) {
        hub = shared;
        tenant = one;
        other = another;
        form = tenant.with(EnumSet.of(Scope.FORM));
    }

    Stream<Door> doors() {
        return endpoints()
                .flatMap(endpoint -> methods(endpoint).stream()
                        .map(method -> new Door(
                                method,
                                endpoint.getPath().replaceAll("\\{[^}]*}", NOBODYS_ID),
                                split(endpoint.getConsumes()))))
                .distinct();
    }

    Stream<Door> tenantDoors() {
        return doors().filter(door -> !door.isAdmin());
    }

    Stream<Door> jsonDoors() {
        return doors().filter(Door::takesJson);
    }

    /** Those of a record that does not exist answer 404 whatever is sent. */
    Stream<Door> readingDoors() {
        return jsonDoors().filter(door -> !door.path().contains(NOBODYS_ID));
    }

    Stream<Door> typedDoors() {
        return doors().filter(
                        door -> !door.method().equals("GET") && !door.types().isEmpty());
    }

    @Test
    void the_doors_are_found() {
        assertThat(doors().map(Door::toString))
                .contains(
                        "POST /api/sales/deals/api",
                        "POST /api/sales/deals/manual",
                        "POST /api/sales/deals/bulk",
                        "POST /api/sales/deals/csv/upload",
                        "GET /api/sales/deals",
                        "GET /api/sales/deals/metrics",
                        "POST /api/admin/tenants");
        assertThat(jsonDoors()).hasSizeGreaterThan(4);
    }

    @ParameterizedTest
    @MethodSource("doors")
    void nobody_comes_in_without_a_key(Door door) {
        assertRefused(send(hub.stranger(), door, "{}"), 401, door);
        assertRefused(send(new Caller(hub.url(), "trib_unknown"), door, "{}"), 401, door);
        assertRefused(send(new Caller(hub.url(), ""), door, "{}"), 401, door);
    }

    @ParameterizedTest
    @MethodSource("tenantDoors")
    void a_form_key_opens_nothing_but_the_form(Door door) {
        if (!door.below().equals("/web-form")) {
            assertRefused(send(form, door, "{}"), 403, door);
        }
    }

    @ParameterizedTest
    @MethodSource("doors")
    void a_key_opens_no_door_of_others(Door door) {
        if (door.isAdmin()) {
            assertRefused(send(tenant, door, "{}"), 403, door);
        } else {
            Door elsewhere = new Door(door.method(), door.path() + "?tenant_id=" + other.id(), door.types());
            assertRefused(send(tenant, elsewhere, "{}"), 403, door);
        }
    }

    @ParameterizedTest
    @MethodSource("doors")
    void a_method_that_a_path_does_not_take_is_405_or_404(Door door) {
        Set<String> taken = doors().filter(each -> each.path().equals(door.path()))
                .map(Door::method)
                .collect(Collectors.toSet());
        boolean alsoAnId = door.path()
                .matches(Caller.BASE + "(/leads|/imports|/keys|/rejected|/connections/[^/]*/dead-letters)?/[^/]*");
        for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE")) {
            if (!taken.contains(method) && !(alsoAnId && method.equals("PATCH"))) {
                Reply reply = send(callerOf(door), new Door(method, door.path(), door.types()), "{}");
                assertThat(reply.status()).as(reply.toString()).isIn(alsoAnId ? List.of(404, 405) : List.of(405));
                assertErrorFormat(reply);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("typedDoors")
    void a_type_that_a_path_does_not_take_is_415(Door door) {
        assertRefused(
                callerOf(door)
                        .send(
                                door.method(),
                                door.path(),
                                "application/x-strange",
                                "{}".getBytes(StandardCharsets.UTF_8)),
                415,
                door);
    }

    @ParameterizedTest
    @MethodSource("readingDoors")
    void what_is_no_json_is_400(Door door) {
        Caller caller = callerOf(door);
        for (String body : List.of("", " ", "{", "{\"name\":", "{} {}", "not json", "[".repeat(20_000), "{\"a\":01}")) {
            assertRefused(send(caller, door, body), 400, door);
        }
        byte[] brokenUtf8 = {'{', '"', 'n', 'a', 'm', 'e', '"', ':', '"', (byte) 0xC3, (byte) 0x28, '"', '}'};
        assertRefused(caller.send(door.method(), door.path(), "application/json", brokenUtf8), 400, door);
    }

    @ParameterizedTest
    @MethodSource("jsonDoors")
    void a_body_larger_than_ten_megabytes_is_413(Door door) {
        String large = "{\"name\":\"" + "x".repeat(10 * 1024 * 1024) + "\"}";

        assertRefused(send(callerOf(door), door, large), 413, door);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "\"text\"",
                "null",
                "true",
                "[]",
                "{}",
                "{\"name\":null}",
                "{\"name\":{\"a\":1}}",
                "{\"name\":\" \"}",
                "{\"name\":\"n\",\"value\":1e999999}",
                "{\"name\":\"n\",\"value\":\"twelve\"}",
                "{\"name\":\"n\",\"value\":-5}",
                "{\"name\":\"n\",\"probability\":500}",
                "{\"name\":\"n\",\"contact_email\":\"nobody\"}",
                "{\"name\":\"n\",\"expected_close_date\":99999999999999999999}",
                "{\"name\":\"a\\u0000b\"}",
                "{\"name\":\"a\\ud800b\"}",
                "{\"name\":\"n\",\"x\":\"\\u0000\"}",
                "{\"name\":\"n\",\"x\\u0000\":1}"
            })
    void json_that_is_no_deal_is_422_and_names_the_field(String body) {
        for (String path : List.of("/api", "/manual")) {
            Reply reply = tenant.send("POST", path, "application/json", body.getBytes(StandardCharsets.UTF_8));

            assertThat(reply.status()).as(body + " " + reply).isEqualTo(422);
            assertErrorFormat(reply);
            assertThat(reply.textAt("/source")).isEqualTo(SOURCES.get(path));
            assertThat(reply.at("/details")).isNotEmpty().allSatisfy(detail -> {
                assertThat(detail.at("/field").asText()).isNotBlank();
                assertThat(detail.at("/error").asText()).isNotBlank();
            });
            assertThat(reply.at("/rejected_id").isTextual()).isEqualTo(path.equals("/api"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/nothing/here",
                "/%27%22%3B--",
                "/..%2f..%2fetc",
                "/" + NOBODYS_ID,
                "/leads/" + NOBODYS_ID,
                "/imports/" + NOBODYS_ID,
                "/leads/1",
                "/imports/x",
                "/api/unknown",
                "/api/admin2",
                "/%00",
                "/%ff"
            })
    void what_is_not_there_is_404_after_the_key_was_checked(String path) {
        Reply reply = tenant.get(path);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(404);
        assertErrorFormat(reply);

        Reply stranger = hub.stranger().get(path);
        assertThat(stranger.status()).as(stranger.toString()).isEqualTo(401);
        assertErrorFormat(stranger);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?limit=abc",
                "?limit=0",
                "?limit=-1",
                "?cursor=%00%ff",
                "?cursor=x",
                "?since=yesterday",
                "?stage=none",
                "/metrics?deal_id='",
                "/rejected?import_id='",
                "/leads?cursor=x",
                "/imports?limit=x",
                "/activity?limit=x"
            })
    void a_query_that_cannot_be_read_is_refused(String query) {
        Reply reply = tenant.get(query);

        assertThat(reply.status()).as(reply.toString()).isIn(400, 404, 422);
        assertErrorFormat(reply);
    }

    private Caller callerOf(Door door) {
        return door.isAdmin() ? hub.admin() : tenant;
    }

    private static Reply send(Caller caller, Door door, String body) {
        boolean bare = door.method().equals("GET") || door.method().equals("DELETE");
        return bare
                ? caller.send(door.method(), door.path(), null, new byte[0])
                : caller.send(door.method(), door.path(), type(door), body.getBytes(StandardCharsets.UTF_8));
    }

    private static String type(Door door) {
        return door.types().isEmpty() || door.takesJson()
                ? "application/json"
                : door.types().iterator().next();
    }

    private static void assertRefused(Reply reply, int status, Door door) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertErrorFormat(reply);
        String source = SOURCES.get(door.below());
        if (source != null) {
            assertThat(reply.textAt("/source")).as(reply.toString()).isEqualTo(source);
        }
    }

    private static void assertErrorFormat(Reply reply) {
        assertThat(reply.header("Content-Type"))
                .as(reply.toString())
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        JsonNode body = reply.json();
        assertThat(body.at("/status").asText()).isEqualTo("error");
        for (String text : List.of("/error", "/code", "/request_id")) {
            assertThat(body.at(text).isTextual()).as(reply.toString()).isTrue();
            assertThat(body.at(text).asText()).isNotBlank();
        }
        assertThat(body.at("/details").isArray()).as(reply.toString()).isTrue();
        assertThat(body.has("source")).as(reply.toString()).isTrue();
        Leaks.none(reply);
    }

    private Stream<PlatformHttpEndpoint> endpoints() {
        return hub.camelContext().getRoutes().stream()
                .map(route -> route.getEndpoint())
                .filter(PlatformHttpEndpoint.class::isInstance)
                .map(PlatformHttpEndpoint.class::cast)
                .filter(endpoint -> endpoint.getPath().startsWith("/api/"));
    }

    private static Set<String> methods(PlatformHttpEndpoint endpoint) {
        Set<String> methods = split(endpoint.getHttpMethodRestrict());
        methods.removeIf(method -> method.equals("OPTIONS") || method.equals("HEAD"));
        return methods;
    }

    private static Set<String> split(String list) {
        return list == null
                ? new TreeSet<>()
                : Arrays.stream(list.split(",")).map(String::strip).collect(Collectors.toCollection(TreeSet::new));
    }
}
