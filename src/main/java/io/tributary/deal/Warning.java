package io.tributary.deal;

/**
 * Something the sender should know about a record that was taken all the same.
 *
 * @param field the field it speaks of
 * @param message one sentence
 */
public record Warning(String field, String message) {}
