package io.tributary.event;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened and is about to be written into the event log.
 *
 * @param type what happened, as {@code deal.created}
 * @param subject the deal it happened to; null when it is about none in particular
 * @param data what there is to tell, as JSON can hold it
 */
public record NewEvent(String type, @Nullable UUID subject, Map<String, @Nullable Object> data) {}
