package io.tributary.mapping;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One record as a source sent it.
 *
 * @param row its place in the batch, counted from 1
 * @param fields values as JSON knows them: text, numbers, booleans, lists, maps and null
 */
public record RawRecord(int row, Map<String, @Nullable Object> fields) {}
