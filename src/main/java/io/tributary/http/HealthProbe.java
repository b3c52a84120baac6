package io.tributary.http;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One thing that the hub needs to take deals, or that its operator wants to know of. Answers at once. */
public interface HealthProbe {

    /** What this is about, as the operator reads it. */
    String name();

    /** Why no deals can be taken, in a sentence that anyone may read; empty when they can. */
    Optional<String> trouble();

    /** What the operator is told besides. */
    Map<String, @Nullable Object> details();
}
