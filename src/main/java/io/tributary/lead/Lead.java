package io.tributary.lead;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Somebody who may buy, known by one e-mail address in a workspace. */
public final class Lead {
    /** Among the reasons for spam: somebody has said so. */
    public static final String MARKED = "marked";

    private final UUID id;
    private final String email;
    private final String source;
    private final Instant createdAt;
    public @Nullable String firstName;
    public @Nullable String lastName;
    public @Nullable String company;
    public @Nullable String phone;
    public String status = "new";
    public List<String> spamReasons = List.of();
    public Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
    public Instant updatedAt;

    public Lead(UUID id, String email, String source, Instant createdAt) {
        this.id = id;
        this.email = email;
        this.source = source;
        this.createdAt = createdAt;
        this.updatedAt = createdAt;
    }

    /**
     * The id of whoever has this address in a workspace: it follows from both, without regard to case, so that two
     * writers can never make two leads of one person.
     */
    public static UUID idOf(String tenant, String workspace, String email) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(tenant.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            digest.update(workspace.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            byte[] hash = digest.digest(email.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
            // Version 8 of RFC 9562: made by a rule of our own.
            return new UUID(
                    (bits(hash, 0) & 0xFFFFFFFFFFFF0FFFL) | 0x8000L, (bits(hash, 8) >>> 2) | 0x8000000000000000L);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private static long bits(byte[] hash, int from) {
        long bits = 0;
        for (int i = from; i < from + 8; i++) {
            bits = (bits << 8) | (hash[i] & 0xFF);
        }
        return bits;
    }

    public UUID id() {
        return id;
    }

    public String email() {
        return email;
    }

    public String source() {
        return source;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public boolean isSpam() {
        return !spamReasons.isEmpty();
    }
}
