package io.tributary.architecture.broken.deal;

import io.tributary.architecture.broken.health.ScoreInRoute;
import java.sql.Connection;

/** Breaks the rules on purpose: a deal that knows its database, and the other half of a cycle. */
public record DealWithDatabase(Connection connection, ScoreInRoute score) {}
