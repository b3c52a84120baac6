package io.tributary.start;

import io.tributary.page.PageDoor;
import io.tributary.session.OidcAttempts;
import io.tributary.session.OidcDoor;
import io.tributary.session.OidcSettings;
import io.tributary.session.SessionCookie;
import io.tributary.session.Sessions;
import io.tributary.session.SignInCodes;
import io.tributary.session.SignInDoor;
import io.tributary.tenant.Keys;
import io.tributary.tenant.TenantDatabase;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The pages and who is signed in to them. */
final class PageWiring {
    private final Settings settings;
    private final @Nullable OidcSettings oidc;
    private final Keys keys;
    private final Sessions sessions;
    private final SessionCookie cookie;
    private final SignInCodes codes = new SignInCodes(() -> SecretFile.generate(""), Clock.systemUTC());

    PageWiring(Settings settings, TenantDatabase database, Keys keys) throws StartException {
        this.oidc = oidc(settings);
        this.settings = settings;
        this.keys = keys;
        this.sessions = new Sessions(database, () -> SecretFile.generate("tses_"));
        this.cookie = new SessionCookie(settings.publicUrl());
    }

    Sessions sessions() {
        return sessions;
    }

    SessionCookie cookie() {
        return cookie;
    }

    /** What answers at paths of its own, beside the API. */
    List<Consumer<Router>> doors() {
        PageDoor pages = new PageDoor(settings.web());
        SignInDoor signIn = new SignInDoor(sessions, codes, keys, cookie, oidc == null ? null : oidc.name());
        if (oidc == null) {
            return List.of(pages, signIn);
        }
        OidcAttempts attempts = new OidcAttempts(() -> SecretFile.generate(""), Clock.systemUTC());
        return List.of(pages, signIn, new OidcDoor(oidc, settings.publicUrl(), sessions, cookie, attempts));
    }

    /** Where the person who started the hub signs in: by a link as long as the key made at the first start is valid. */
    String signInUrl() throws IOException {
        return firstKey()
                .flatMap(keys::find)
                .map(caller -> new SignInCodes.Holder(caller.workspace().tenant(), caller.keyId()))
                .map(holder -> settings.publicUrl() + "/#code=" + codes.issue(holder))
                .orElse(settings.publicUrl());
    }

    /** The provider of sign-in; with its address given, everything else is needed too. */
    private static @Nullable OidcSettings oidc(Settings settings) throws StartException {
        String issuer = settings.oidcIssuer();
        if (issuer == null) {
            return null;
        }
        List<String> problems = new ArrayList<>();
        if (!issuer.startsWith("https://") && !issuer.startsWith("http://")) {
            problems.add("TRIBUTARY_OIDC_ISSUER is \"" + issuer + "\"; write it as https://login.example.com");
        }
        String clientId = needed("TRIBUTARY_OIDC_CLIENT_ID", settings.oidcClientId(), problems);
        String clientSecret = needed("TRIBUTARY_OIDC_CLIENT_SECRET", settings.oidcClientSecret(), problems);
        String groups = needed("TRIBUTARY_OIDC_GROUPS", settings.oidcGroups(), problems);
        List<OidcSettings.Grant> grants = List.of();
        try {
            grants = OidcSettings.grants(groups);
        } catch (IllegalArgumentException e) {
            problems.add("TRIBUTARY_OIDC_GROUPS: " + e.getMessage()
                    + "; write it as sales=acme/main:ingest+read; ops=acme/main:ingest+read+review+admin");
        }
        if (!problems.isEmpty()) {
            throw new StartException(problems);
        }
        return new OidcSettings(
                issuer, clientId, clientSecret, settings.oidcName(), settings.oidcGroupsClaim(), grants);
    }

    private static String needed(String variable, @Nullable String value, List<String> problems) {
        if (value == null) {
            problems.add(variable + " is missing; signing in by TRIBUTARY_OIDC_ISSUER needs it");
        }
        return value == null ? "" : value;
    }

    private Optional<String> firstKey() throws IOException {
        if (settings.apiKey() != null) {
            return Optional.of(settings.apiKey());
        }
        Path file = settings.data().resolve("api-key");
        return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    }
}
