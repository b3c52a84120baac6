package io.tributary.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What two deals of different records must share to be taken for one: the folded deal name and company in {@code key},
 * and no contradiction between their legal forms.
 *
 * <p>The form stands outside the key because "Acme" agrees with "Acme AG" and with "Acme GmbH", which do not agree with
 * each other: no single key can say that.
 *
 * @param key the first 16 bytes of a SHA-256, as a UUID, which keeps the index small; its version bits mean nothing
 * @param legalForm the class of the company's legal form ("limited", "gmbh", …), null when its name shows none
 */
public record MatchKey(UUID key, @Nullable String legalForm) {

    /** Can be in no folded name, so no two pairs of names run together into one. */
    private static final byte SEPARATOR = 0x1F;

    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(MatchKey::sha256);

    /** The key of a deal; empty unless it has both a name and a company. */
    public static Optional<MatchKey> of(@Nullable String name, @Nullable String company) {
        String deal = DealNames.fold(name);
        if (deal == null) {
            return Optional.empty();
        }
        CompanyNames.Folded folded = CompanyNames.fold(company);
        return folded == null
                ? Optional.empty()
                : Optional.of(new MatchKey(hash(deal, folded.stem()), folded.legalForm()));
    }

    /** Whether a company of that legal form may be the same one: equal forms, or none known on one side. */
    public boolean agreesWith(@Nullable String otherLegalForm) {
        return legalForm == null || otherLegalForm == null || legalForm.equals(otherLegalForm);
    }

    private static UUID hash(String deal, String company) {
        MessageDigest digest = SHA_256.get();
        digest.update(deal.getBytes(StandardCharsets.UTF_8));
        digest.update(SEPARATOR);
        digest.update(company.getBytes(StandardCharsets.UTF_8));
        ByteBuffer bytes = ByteBuffer.wrap(digest.digest());
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256, which every Java platform must have, is missing", e);
        }
    }
}
