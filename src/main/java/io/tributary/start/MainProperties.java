package io.tributary.start;

import java.io.IOException;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;

/** What the operator's settings mean for Camel Main. */
final class MainProperties {
    private MainProperties() {}

    /** @param replaced built-in route files whose place an own one takes */
    static Properties of(Settings settings, Set<String> replaced) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("camel.main.routesIncludePattern", BuiltIn.routes(without(settings, replaced)));
        properties.setProperty("camel.server.port", Integer.toString(settings.port()));
        properties.setProperty(
                "camel.management.port",
                Integer.toString(settings.managementPort() == 0 ? settings.port() : settings.managementPort()));
        properties.setProperty("tributary.port", Integer.toString(settings.port()));
        properties.setProperty("tributary.data", settings.data().toString());
        properties.setProperty("tributary.routes", settings.routes().toString());
        return properties;
    }

    /** Without a model there is nothing to ask. */
    private static Set<String> without(Settings settings, Set<String> replaced) {
        if (settings.chatModel() != null) {
            return replaced;
        }
        Set<String> left = new HashSet<>(replaced);
        left.add("routes/after-commit/insights-model.camel.yaml");
        return left;
    }
}
