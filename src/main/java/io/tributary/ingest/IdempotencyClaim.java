package io.tributary.ingest;

/**
 * The right to be the one call with this key on this path.
 *
 * @param bodyHash SHA-256 of the body, in hexadecimal
 */
public record IdempotencyClaim(String path, String key, String bodyHash) {}
