package io.tributary;

import io.tributary.start.Hub;
import io.tributary.start.Settings;
import io.tributary.start.StartException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** Starts the hub in the foreground and stops it, drained, on Ctrl-C or SIGTERM. */
public final class Tributary {
    private Tributary() {}

    public static void main(String[] arguments) throws Exception {
        try {
            Hub hub = Hub.start(Settings.read(System::getenv, properties()));
            System.out.println("Tributary is ready: " + hub.signInUrl());
            hub.awaitStop();
        } catch (StartException e) {
            e.problems().forEach(problem -> System.err.println("Tributary cannot start: " + problem));
            System.exit(1);
        }
    }

    private static Properties properties() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Tributary.class.getResourceAsStream("/application.properties")) {
            properties.load(in);
        }
        return properties;
    }
}
