package io.tributary.check;

/**
 * A file as it was read.
 *
 * @param name its path as the person who asked knows it
 * @param text its content
 * @param builtIn whether it ships with the hub; then the house style binds it, else style is only advice
 */
public record SourceFile(String name, String text, boolean builtIn) {

    static final String ROUTES = ".camel.yaml";
    static final String MAPPING = ".mapping.yaml";
    static final String MAPPING_CASES = ".mapping.test.yaml";
    static final String HEALTH_PROFILE = ".health.yaml";

    boolean routes() {
        return name.endsWith(ROUTES);
    }

    boolean mapping() {
        return name.endsWith(MAPPING);
    }

    boolean mappingCases() {
        return name.endsWith(MAPPING_CASES);
    }

    boolean healthProfile() {
        return name.endsWith(HEALTH_PROFILE);
    }

    /** The name without its folders. */
    String simpleName() {
        return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    }
}
