package io.tributary.start;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the operator decides, read once at the start. Each value comes from the environment variable of that name,
 * else from the property of the same meaning in {@code application.properties}, else from its default.
 *
 * @param port the one port for UI, API and WebSocket; 0 takes any free one
 * @param managementPort the port of {@code /observe/metrics}; 0 means the one port of everything else
 * @param data folder of the embedded database, drop folders and generated keys
 * @param routes folder of the integration team's own route and mapping files
 * @param databaseUrl JDBC URL of a PostgreSQL of the operator's own; null means the embedded one
 * @param allowPrivateTargets whether a connection may point at a loopback or private address
 * @param publicUrl what outsiders call, without a trailing slash
 * @param web folder to read the pages from anew for every view, for those who work on them; null for the built-in ones
 * @param oidcIssuer address of another provider by which people may sign in; null for none
 * @param oidcName what the button says after "Sign in with"
 * @param oidcGroupsClaim the claim of the provider's token that lists a person's groups
 * @param oidcGroups what each group may do where
 * @param chatModel who writes insights besides the built-in analyst; null for nobody
 * @param databasePoolSize connections to the database at most
 * @param liveOrigins pages that may connect to the live feed besides the hub's own, as {@code https://crm.example.com}
 * @param workerThreads requests worked on at the same time at most
 */
public record Settings(
        int port,
        int managementPort,
        Path data,
        Path routes,
        @Nullable String databaseUrl,
        @Nullable String databaseUser,
        @Nullable String databasePassword,
        @Nullable String adminKey,
        @Nullable String apiKey,
        @Nullable String secretKey,
        boolean allowPrivateTargets,
        String publicUrl,
        @Nullable Path web,
        Set<String> liveOrigins,
        @Nullable String oidcIssuer,
        @Nullable String oidcClientId,
        @Nullable String oidcClientSecret,
        String oidcName,
        String oidcGroupsClaim,
        @Nullable String oidcGroups,
        @Nullable Chat chatModel,
        int databasePoolSize,
        int workerThreads) {

    private static final String CHAT_MODEL = "gpt-4.1-mini";

    /**
     * A chat model behind an endpoint that speaks OpenAI's chat completions.
     *
     * @param url where the endpoint is; null means OpenAI's own
     * @param key null for an endpoint that wants none
     */
    public record Chat(@Nullable String url, @Nullable String key, String model) {
        @Override
        public String toString() {
            return model;
        }
    }

    private static final Pattern ORIGIN = Pattern.compile("https?://[^/?#\\s]+");

    /** Whether the database is the one that comes with the hub. */
    public boolean embedded() {
        return databaseUrl == null;
    }

    /**
     * Reads all settings.
     *
     * @throws StartException naming every setting that cannot be used
     */
    public static Settings read(Function<String, @Nullable String> environment, Properties properties)
            throws StartException {
        Reader reader = new Reader(environment, properties);
        int port = reader.number("PORT", "tributary.port", 8080, 0, 65535);
        Settings settings = new Settings(
                port,
                reader.number("TRIBUTARY_MANAGEMENT_PORT", "tributary.management-port", 0, 0, 65535),
                Path.of(reader.text("TRIBUTARY_DATA", "tributary.data").orElse("data"))
                        .toAbsolutePath(),
                Path.of(reader.text("TRIBUTARY_ROUTES", "tributary.routes").orElse("routes"))
                        .toAbsolutePath(),
                reader.text("TRIBUTARY_DB_URL", "tributary.db-url").orElse(null),
                reader.text("TRIBUTARY_DB_USER", "tributary.db-user").orElse(null),
                reader.text("TRIBUTARY_DB_PASSWORD", "tributary.db-password").orElse(null),
                reader.secret("TRIBUTARY_ADMIN_KEY", "tributary.admin-key"),
                reader.secret("TRIBUTARY_API_KEY", "tributary.api-key"),
                reader.secret("TRIBUTARY_SECRET_KEY", "tributary.secret-key"),
                reader.flag(
                        "TRIBUTARY_ALLOW_PRIVATE_TARGETS",
                        "tributary.allow-private-targets",
                        reader.text("TRIBUTARY_DB_URL", "tributary.db-url").isEmpty()),
                reader.url("TRIBUTARY_PUBLIC_URL", "tributary.public-url", "http://localhost:" + port),
                reader.text("TRIBUTARY_WEB", "tributary.web").map(Path::of).orElse(null),
                reader.origins("TRIBUTARY_LIVE_ORIGINS", "tributary.live-origins"),
                reader.text("TRIBUTARY_OIDC_ISSUER", "tributary.oidc-issuer").orElse(null),
                reader.text("TRIBUTARY_OIDC_CLIENT_ID", "tributary.oidc-client-id")
                        .orElse(null),
                reader.text("TRIBUTARY_OIDC_CLIENT_SECRET", "tributary.oidc-client-secret")
                        .orElse(null),
                reader.text("TRIBUTARY_OIDC_NAME", "tributary.oidc-name").orElse("your organisation"),
                reader.text("TRIBUTARY_OIDC_GROUPS_CLAIM", "tributary.oidc-groups-claim")
                        .orElse("groups"),
                reader.text("TRIBUTARY_OIDC_GROUPS", "tributary.oidc-groups").orElse(null),
                reader.chat(),
                reader.number("TRIBUTARY_DB_POOL_SIZE", "tributary.db-pool-size", 16, 4, 200),
                reader.number("TRIBUTARY_WORKERS", "tributary.workers", 256, 8, 2000));
        if (settings.databaseUrl != null && !settings.databaseUrl.startsWith("jdbc:postgresql:")) {
            reader.problems.add(
                    "TRIBUTARY_DB_URL is not a PostgreSQL JDBC URL; write jdbc:postgresql://host:5432/name");
        }
        if (!reader.problems.isEmpty()) {
            throw new StartException(reader.problems);
        }
        return settings;
    }

    private record Reader(
            Function<String, @Nullable String> environment, Properties properties, List<String> problems) {
        Reader(Function<String, @Nullable String> environment, Properties properties) {
            this(environment, properties, new ArrayList<>());
        }

        Optional<String> text(String variable, String property) {
            String value = environment.apply(variable);
            if (value == null || value.isBlank()) {
                value = properties.getProperty(property);
            }
            return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
        }

        @Nullable
        Chat chat() {
            String key = text("OPENAI_API_KEY", "openai.api-key").orElse(null);
            Optional<String> url = text("OPENAI_BASE_URL", "openai.base-url");
            if (key == null && url.isEmpty()) {
                return null;
            }
            return new Chat(
                    url.isEmpty() ? null : url("OPENAI_BASE_URL", "openai.base-url", ""),
                    key,
                    text("OPENAI_MODEL", "openai.model").orElse(CHAT_MODEL));
        }

        @Nullable
        String secret(String variable, String property) {
            Optional<String> value = text(variable, property);
            if (value.isPresent() && value.get().length() < 16) {
                problems.add(variable + " is too short to be a key; give it at least 16 characters");
            }
            return value.orElse(null);
        }

        boolean flag(String variable, String property, boolean otherwise) {
            Optional<String> value = text(variable, property);
            if (value.isEmpty()) {
                return otherwise;
            }
            if (value.get().equalsIgnoreCase("true")) {
                return true;
            }
            if (!value.get().equalsIgnoreCase("false")) {
                problems.add(variable + " is \"" + value.get() + "\"; write true or false");
            }
            return false;
        }

        int number(String variable, String property, int otherwise, int least, int most) {
            Optional<String> value = text(variable, property);
            if (value.isEmpty()) {
                return otherwise;
            }
            try {
                int number = Integer.parseInt(value.get());
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException notANumber) {
                // Reported below, like a number out of range.
            }
            problems.add(variable + " is \"" + value.get() + "\"; write a whole number from " + least + " to " + most);
            return otherwise;
        }

        Set<String> origins(String variable, String property) {
            Set<String> origins = new LinkedHashSet<>();
            for (String origin : text(variable, property).orElse("").split(",", -1)) {
                if (origin.isBlank()) {
                    continue;
                }
                if (ORIGIN.matcher(origin.strip()).matches()) {
                    origins.add(origin.strip());
                } else {
                    problems.add(variable + " holds \"" + origin.strip()
                            + "\"; write origins as https://crm.example.com, with commas between them");
                }
            }
            return origins;
        }

        String url(String variable, String property, String otherwise) {
            String value = text(variable, property).orElse(otherwise);
            try {
                URI uri = URI.create(value);
                if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                    return value.endsWith("/") ? value.substring(0, value.length() - 1) : value;
                }
            } catch (IllegalArgumentException notAUrl) {
                // Reported below, like a URL without a host.
            }
            problems.add(variable + " is \"" + value + "\"; write it as https://hub.example.com");
            return otherwise;
        }
    }
}
