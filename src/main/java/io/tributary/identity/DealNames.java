package io.tributary.identity;

import org.jspecify.annotations.Nullable;

/** Deal names reduced to what decides whether two of them are the same. */
public final class DealNames {

    private DealNames() {}

    /**
     * The name without case, accents, space and punctuation. Digits count, and so does a gap between two numbers:
     * "Phase 1.2" is not "Phase 12". A name of symbols alone stays itself; null when the name is null or blank.
     */
    public static @Nullable String fold(@Nullable String name) {
        if (name == null) {
            return null;
        }
        FoldedText folded = FoldedText.of(name);
        return folded.isEmpty() ? UnicodeLetters.symbolsOf(name) : folded.toString();
    }
}
