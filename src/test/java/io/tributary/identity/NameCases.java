package io.tributary.identity;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The case files of this package: a sign, then names between bars, with unicode escapes for what cannot be seen. */
final class NameCases {

    private static final Pattern ESCAPE = Pattern.compile("\\\\u(\\p{XDigit}{4})");

    private NameCases() {}

    /** The names of each line that begins with this sign. */
    static Stream<List<String>> of(String file, char sign) {
        return lines(file).filter(line -> line.charAt(0) == sign).map(line -> names(line.substring(1)));
    }

    static Stream<String> lines(String file) {
        try (InputStream in = NameCases.class.getResourceAsStream("/cases/identity/" + file)) {
            String text = new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().filter(line -> !line.isBlank() && !line.startsWith("#"));
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
    }

    static List<String> names(String line) {
        return Arrays.stream(line.split("\\|", -1))
                .map(name -> ESCAPE.matcher(name.strip()).replaceAll(NameCases::character))
                .toList();
    }

    private static String character(MatchResult escape) {
        return Matcher.quoteReplacement(Character.toString(Integer.parseInt(escape.group(1), 16)));
    }
}
