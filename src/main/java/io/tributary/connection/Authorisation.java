package io.tributary.connection;

import java.util.Map;
import java.util.Set;

/**
 * How a person lets the hub into an account by OAuth 2.0, with the authorization code grant (RFC 6749, section 4.1) in a
 * browser. What comes of it is a refresh token, kept as the parameter {@code refresh_token}.
 *
 * @param authorizeUrl where the person is asked
 * @param tokenUrl where the code is exchanged
 * @param scope what the hub wants to do, as the provider names it
 * @param provesCode whether the provider takes a proof that the code is exchanged by whoever asked (PKCE, RFC 7636)
 * @param sets parameters that the connection has to have from then on
 * @param clears parameters that it must not have any more
 */
public record Authorisation(
        String authorizeUrl,
        String tokenUrl,
        String scope,
        boolean provesCode,
        Map<String, String> sets,
        Set<String> clears) {}
