package io.tributary.health;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/** A rule set for deal health: a pure function of recorded facts and the clock. A changed rule is a new version. */
public interface HealthProfile {

    /** The name and version under which settings choose the profile and answers show it. */
    String name();

    /** A deal's health with every reason. */
    Health score(HealthFacts facts, Norms norms, Instant now);

    /** The same for a workspace of which nothing is known. */
    default Health score(HealthFacts facts, Instant now) {
        return score(facts, Norms.NONE, now);
    }

    /**
     * The file of a profile like this one whose factors have their points multiplied; empty for a profile that is no file.
     *
     * @param name of the new profile
     */
    default Optional<String> fitted(String name, Fit fit) {
        return Optional.empty();
    }

    /** The score alone, for where nobody reads the reasons; always that of {@link #score}. */
    default BigDecimal figure(HealthFacts facts, Norms norms, Instant now) {
        return score(facts, norms, now).score();
    }
}
