package io.tributary.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings an operator may rely on: their names, their defaults, and what is said when one is wrong. */
class ConfigurationTest {

    /** Each setting: its variable, its property, its default, another value, and where it is found. */
    record Known(
            String variable,
            String property,
            Object byDefault,
            String text,
            Object read,
            Function<Settings, Object> get) {
        @Override
        public String toString() {
            return variable;
        }
    }

    static Stream<Known> settings() {
        return Stream.of(
                new Known("PORT", "tributary.port", 8080, "9090", 9090, Settings::port),
                new Known(
                        "TRIBUTARY_MANAGEMENT_PORT",
                        "tributary.management-port",
                        0,
                        "9091",
                        9091,
                        Settings::managementPort),
                new Known(
                        "TRIBUTARY_DATA",
                        "tributary.data",
                        folder("data"),
                        "/srv/hub",
                        Path.of("/srv/hub"),
                        Settings::data),
                new Known(
                        "TRIBUTARY_ROUTES",
                        "tributary.routes",
                        folder("routes"),
                        "own",
                        folder("own"),
                        Settings::routes),
                new Known(
                        "TRIBUTARY_DB_URL",
                        "tributary.db-url",
                        null,
                        "jdbc:postgresql://db/hub",
                        "jdbc:postgresql://db/hub",
                        Settings::databaseUrl),
                new Known("TRIBUTARY_DB_USER", "tributary.db-user", null, "hub", "hub", Settings::databaseUser),
                new Known(
                        "TRIBUTARY_DB_PASSWORD", "tributary.db-password", null, "pw", "pw", Settings::databasePassword),
                new Known(
                        "TRIBUTARY_ADMIN_KEY",
                        "tributary.admin-key",
                        null,
                        "0123456789abcdef",
                        "0123456789abcdef",
                        Settings::adminKey),
                new Known(
                        "TRIBUTARY_API_KEY",
                        "tributary.api-key",
                        null,
                        "0123456789abcdef",
                        "0123456789abcdef",
                        Settings::apiKey),
                new Known(
                        "TRIBUTARY_SECRET_KEY",
                        "tributary.secret-key",
                        null,
                        "0123456789abcdef",
                        "0123456789abcdef",
                        Settings::secretKey),
                new Known(
                        "TRIBUTARY_ALLOW_PRIVATE_TARGETS",
                        "tributary.allow-private-targets",
                        true,
                        "false",
                        false,
                        Settings::allowPrivateTargets),
                new Known(
                        "TRIBUTARY_PUBLIC_URL",
                        "tributary.public-url",
                        "http://localhost:8080",
                        "https://hub.example.com/",
                        "https://hub.example.com",
                        Settings::publicUrl),
                new Known(
                        "TRIBUTARY_LIVE_ORIGINS",
                        "tributary.live-origins",
                        "",
                        "https://crm.example.com,https://bi.example.com",
                        "https://crm.example.com,https://bi.example.com",
                        settings -> String.join(",", settings.liveOrigins())),
                new Known("TRIBUTARY_WEB", "tributary.web", null, "/srv/web", Path.of("/srv/web"), Settings::web),
                text("TRIBUTARY_OIDC_ISSUER", "tributary.oidc-issuer", null, Settings::oidcIssuer),
                text("TRIBUTARY_OIDC_CLIENT_ID", "tributary.oidc-client-id", null, Settings::oidcClientId),
                text("TRIBUTARY_OIDC_CLIENT_SECRET", "tributary.oidc-client-secret", null, Settings::oidcClientSecret),
                text("TRIBUTARY_OIDC_NAME", "tributary.oidc-name", "your organisation", Settings::oidcName),
                text("TRIBUTARY_OIDC_GROUPS_CLAIM", "tributary.oidc-groups-claim", "groups", Settings::oidcGroupsClaim),
                text("TRIBUTARY_OIDC_GROUPS", "tributary.oidc-groups", null, Settings::oidcGroups),
                new Known(
                        "OPENAI_BASE_URL",
                        "openai.base-url",
                        null,
                        "http://localhost:11434/v1",
                        "http://localhost:11434/v1",
                        settings -> settings.chatModel() == null
                                ? null
                                : settings.chatModel().url()),
                new Known("TRIBUTARY_DB_POOL_SIZE", "tributary.db-pool-size", 16, "20", 20, Settings::databasePoolSize),
                new Known("TRIBUTARY_WORKERS", "tributary.workers", 256, "100", 100, Settings::workerThreads));
    }

    private static Known text(String variable, String property, String byDefault, Function<Settings, Object> get) {
        return new Known(variable, property, byDefault, "something", "something", get);
    }

    @Test
    void no_setting_goes_without_a_line_here() {
        assertThat(settings()).hasSize(Settings.class.getRecordComponents().length);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void a_setting_has_its_default(Known setting) throws StartException {
        Settings settings = read(Map.of(), Map.of());

        assertThat(setting.get().apply(settings)).isEqualTo(setting.byDefault());
    }

    @ParameterizedTest
    @MethodSource("settings")
    void a_setting_is_read_from_its_variable_and_from_its_property(Known setting) throws StartException {
        assertThat(setting.get().apply(read(Map.of(setting.variable(), " " + setting.text() + " "), Map.of())))
                .isEqualTo(setting.read());
        assertThat(setting.get().apply(read(Map.of(), Map.of(setting.property(), setting.text()))))
                .isEqualTo(setting.read());
    }

    @ParameterizedTest
    @MethodSource("settings")
    void the_variable_goes_before_the_property_and_a_blank_one_does_not_count(Known setting) throws StartException {
        Map<String, String> property = Map.of(setting.property(), setting.text());
        String other = otherThan(setting);
        Settings both = read(Map.of(setting.variable(), other), property);
        assertThat(String.valueOf(setting.get().apply(both))).endsWith(other);
        assertThat(setting.get().apply(read(Map.of(setting.variable(), "  "), property)))
                .isEqualTo(setting.read());
    }

    private static String otherThan(Known setting) {
        if (setting.read() instanceof Boolean) {
            return "true";
        }
        return setting.read() instanceof Integer ? "11" : setting.text().replace("hub", "other") + "x";
    }

    @Test
    void the_properties_file_names_every_setting_that_is_no_secret_with_its_default() {
        Map<String, String> commented = new TreeMap<>();
        lines("/application.properties")
                .filter(line -> line.startsWith("#tributary.") || line.equals("#openai.base-url="))
                .forEach(line ->
                        commented.put(line.substring(1, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
        Map<String, String> expected = new TreeMap<>();
        settings()
                .filter(setting -> !setting.variable().endsWith("_KEY"))
                .forEach(setting -> expected.put(setting.property(), shown(setting.byDefault())));

        assertThat(commented).containsAllEntriesOf(expected);
    }

    @Test
    void every_problem_is_told_at_once_and_says_what_to_write() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PORT", "http");
        environment.put("TRIBUTARY_DB_URL", "postgres://db/hub");
        environment.put("TRIBUTARY_ADMIN_KEY", "short");
        environment.put("TRIBUTARY_API_KEY", "short");
        environment.put("TRIBUTARY_SECRET_KEY", "short");
        environment.put("TRIBUTARY_ALLOW_PRIVATE_TARGETS", "perhaps");
        environment.put("TRIBUTARY_PUBLIC_URL", "hub.example.com");
        environment.put("TRIBUTARY_DB_POOL_SIZE", "1");
        environment.put("TRIBUTARY_WORKERS", "99999999999");

        StartException refused = catchThrowableOfType(StartException.class, () -> read(environment, Map.of()));

        assertThat(refused.problems()).hasSize(environment.size());
        environment
                .keySet()
                .forEach(variable -> assertThat(refused.problems())
                        .filteredOn(problem -> problem.startsWith(variable + " "))
                        .hasSize(1));
        assertThat(refused.problems()).allSatisfy(problem -> assertThat(problem).containsAnyOf("; write ", "; give "));
        assertThat(refused.problems()).noneMatch(problem -> problem.contains("short\""));
    }

    @ParameterizedTest
    @CsvSource({"PORT, -1", "PORT, 65536", "PORT, 80.5", "TRIBUTARY_WORKERS, 7", "TRIBUTARY_DB_POOL_SIZE, 201"})
    void a_number_out_of_range_is_refused(String variable, String number) {
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> read(Map.of(variable, number), Map.of()))
                .withMessageContaining(variable);
    }

    @Test
    void the_public_address_follows_the_port() throws StartException {
        assertThat(read(Map.of("PORT", "9090"), Map.of()).publicUrl()).isEqualTo("http://localhost:9090");
    }

    @Test
    void without_an_address_of_a_database_the_own_one_is_used() throws StartException {
        assertThat(read(Map.of(), Map.of()).embedded()).isTrue();
        assertThat(read(Map.of("TRIBUTARY_DB_URL", "jdbc:postgresql://db/hub"), Map.of())
                        .embedded())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin-key", "deep/in/folders/api-key"})
    void a_generated_key_can_be_read_by_its_owner_alone(String name, @TempDir Path folder) throws IOException {
        Path file = folder.resolve(name);

        String key = SecretFile.readOrCreate(file, "trib_");

        assertThat(key).startsWith("trib_").hasSize("trib_".length() + 64);
        assertThat(Files.readString(file).strip()).isEqualTo(key);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(SecretFile.readOrCreate(file, "trib_")).isEqualTo(key);
        assertThat(file.getParent().toFile().list())
                .as("no draft is left behind")
                .containsExactly(file.getFileName().toString());
    }

    private static Settings read(Map<String, String> environment, Map<String, String> properties)
            throws StartException {
        Properties file = new Properties();
        file.putAll(properties);
        return Settings.read(environment::get, file);
    }

    private static Path folder(String name) {
        return Path.of(name).toAbsolutePath();
    }

    private static String shown(Object byDefault) {
        if (byDefault == null) {
            return "";
        }
        return byDefault instanceof Path path ? path.getFileName().toString() : byDefault.toString();
    }

    private static Stream<String> lines(String resource) {
        try (InputStream in = ConfigurationTest.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).lines();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
