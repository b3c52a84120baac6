package io.tributary.http;

import io.tributary.tenant.Caller;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/**
 * Lets in senders that hold no key, on the paths it knows: by what the request says of itself, to be proven by the route
 * once the body is read.
 */
public interface Doorkeeper {
    /** For whom {@code request} says it comes; empty where it has to show a key like everybody else. */
    Optional<Caller> claimed(HttpServerRequest request, String path);
}
