package io.tributary.health;

import java.time.Instant;

/** A rule set for deal health: a pure function of recorded facts and the clock. A changed rule is a new version. */
public interface HealthProfile {

    /** The name and version under which settings choose the profile and answers show it. */
    String name();

    Health score(HealthFacts facts, Instant now);
}
