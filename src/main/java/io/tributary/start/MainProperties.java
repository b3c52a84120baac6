package io.tributary.start;

import java.io.IOException;
import java.util.Properties;

/** What the operator's settings mean for Camel Main. */
final class MainProperties {
    private MainProperties() {}

    static Properties of(Settings settings) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("camel.main.routesIncludePattern", BuiltIn.routes());
        properties.setProperty("camel.server.port", Integer.toString(settings.port()));
        properties.setProperty("camel.management.port", Integer.toString(settings.port()));
        properties.setProperty("tributary.port", Integer.toString(settings.port()));
        properties.setProperty("tributary.data", settings.data().toString());
        properties.setProperty("tributary.routes", settings.routes().toString());
        return properties;
    }
}
