package io.tributary.health;

import java.math.BigDecimal;
import java.time.Instant;

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

    /** The score alone, for where nobody reads the reasons; always that of {@link #score}. */
    default BigDecimal figure(HealthFacts facts, Norms norms, Instant now) {
        return score(facts, norms, now).score();
    }
}
