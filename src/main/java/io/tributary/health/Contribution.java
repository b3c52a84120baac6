package io.tributary.health;

import java.math.BigDecimal;
import java.util.List;

/**
 * One factor's part in a health score.
 *
 * @param factor its name within the profile, for example {@code velocity}
 * @param points what it adds or, when negative, takes away; one decimal place
 * @param reason the evidence, as a plain sentence with its figures
 * @param evidence the deal's fields that the sentence rests on, by the names the API gives them
 */
public record Contribution(String factor, BigDecimal points, String reason, List<String> evidence) {
    public Contribution {
        evidence = List.copyOf(evidence);
    }
}
