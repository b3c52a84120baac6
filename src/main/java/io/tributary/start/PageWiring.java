package io.tributary.start;

import io.tributary.page.PageDoor;
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
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The pages and who is signed in to them. */
final class PageWiring {
    private final Settings settings;
    private final Keys keys;
    private final Sessions sessions;
    private final SessionCookie cookie;
    private final SignInCodes codes = new SignInCodes(() -> SecretFile.generate(""), Clock.systemUTC());

    PageWiring(Settings settings, TenantDatabase database, Keys keys) {
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
        return List.of(new PageDoor(settings.web()), new SignInDoor(sessions, codes, keys, cookie));
    }

    /** Where the person who started the hub signs in: by a link as long as the key made at the first start is valid. */
    String signInUrl() throws IOException {
        return firstKey()
                .flatMap(keys::find)
                .map(caller -> new SignInCodes.Holder(caller.workspace().tenant(), caller.keyId()))
                .map(holder -> settings.publicUrl() + "/#code=" + codes.issue(holder))
                .orElse(settings.publicUrl());
    }

    private Optional<String> firstKey() throws IOException {
        if (settings.apiKey() != null) {
            return Optional.of(settings.apiKey());
        }
        Path file = settings.data().resolve("api-key");
        return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    }
}
