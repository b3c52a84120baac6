package io.tributary.answer;

import java.nio.file.Path;

/**
 * An answer of 200 too large for the memory: the content of a file, which is gone once it is sent.
 *
 * @param contentType what the file holds
 */
public record FileAnswer(Path file, String contentType) {}
