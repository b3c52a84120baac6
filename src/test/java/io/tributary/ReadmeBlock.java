package io.tributary;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fenced block of the README.
 *
 * @param language what stands behind the fence
 * @param line of its fence, counted from 1
 * @param soon whether what it shows may take a few seconds to come
 * @param adjacent whether nothing stands between it and the block before
 */
record ReadmeBlock(String language, int line, String heading, String text, boolean soon, boolean adjacent) {
    private static final String FENCE = "```";
    private static final String SOON = "<!-- soon -->";

    /** All blocks of a file, in order. */
    static List<ReadmeBlock> read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        List<ReadmeBlock> blocks = new ArrayList<>();
        String heading = "";
        int end = -2;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("#")) {
                heading = line.replaceFirst("^#+ ", "");
            } else if (line.startsWith(FENCE)) {
                int close = i + 1;
                while (!lines.get(close).equals(FENCE)) {
                    close++;
                }
                String text = String.join("\n", lines.subList(i + 1, close));
                boolean soon = i > 0 && lines.get(i - 1).equals(SOON);
                blocks.add(new ReadmeBlock(line.substring(3), i + 1, heading, text, soon, i == end + 1));
                end = close;
                i = close;
            }
        }
        return blocks;
    }

    String title() {
        return "line " + line + ": " + heading;
    }

    /** {@code next} when it is the answer to this block; null when this block prints nothing. */
    @Nullable
    ReadmeBlock answer(@Nullable ReadmeBlock next) {
        boolean answer =
                next != null && next.adjacent && (next.language.equals("json") || next.language.equals("text"));
        return answer ? next : null;
    }
}
