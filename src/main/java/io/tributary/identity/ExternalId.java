package io.tributary.identity;

/** The one spelling of a source system's record id, so that one record is not taken for two. */
public final class ExternalId {

    private static final String SALESFORCE = "salesforce";
    private static final int CASE_SENSITIVE_LENGTH = 15;
    private static final int CHUNK = 5;
    private static final String CHECKSUM_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

    private ExternalId() {}

    /**
     * The id without surrounding space. A Salesforce id of 15 letters and digits becomes the 18-character form that
     * Salesforce's APIs give for the same record; every other id stays as it is.
     */
    public static String canonical(String system, String id) {
        String trimmed = id.strip();
        boolean shortSalesforceId = SALESFORCE.equals(system) && trimmed.length() == CASE_SENSITIVE_LENGTH;
        return shortSalesforceId && lettersAndDigits(trimmed) ? trimmed + checksum(trimmed) : trimmed;
    }

    /**
     * One character for each five of the id: bit n is set where its n-th character is an upper-case letter, and the
     * number so made points into A–Z, 0–5. Salesforce documents the rule under "What Are Salesforce IDs Composed Of".
     */
    private static String checksum(String id) {
        StringBuilder checksum = new StringBuilder(3);
        for (int chunk = 0; chunk < CASE_SENSITIVE_LENGTH; chunk += CHUNK) {
            int upperCaseBits = 0;
            for (int bit = 0; bit < CHUNK; bit++) {
                char c = id.charAt(chunk + bit);
                if (c >= 'A' && c <= 'Z') {
                    upperCaseBits |= 1 << bit;
                }
            }
            checksum.append(CHECKSUM_ALPHABET.charAt(upperCaseBits));
        }
        return checksum.toString();
    }

    private static boolean lettersAndDigits(String id) {
        return id.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'));
    }
}
