package io.tributary.ingest;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * By what a mail is known when it comes again, and to what it belongs.
 *
 * @param key hash of its Message-ID, or of its content where it has none, in hexadecimal
 * @param bodyHash hash of its content, in hexadecimal, since ids are used twice
 * @param messageId as written; null where it has none
 * @param references the keys of the mails it continues, the nearest first
 * @param at when it was sent; null where it does not say
 * @param text what it says, in short, for the deal's activity
 */
public record Arrival(
        String key,
        String bodyHash,
        @Nullable String messageId,
        List<String> references,
        @Nullable Instant at,
        String text) {}
