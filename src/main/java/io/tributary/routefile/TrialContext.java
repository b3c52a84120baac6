package io.tributary.routefile;

import io.tributary.check.SourceFile;
import java.util.Collection;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.BeanRepository;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;

/**
 * Builds a file's routes in a Camel of their own, with the hub's beans and properties and without starting any, so that an
 * endpoint or a step that cannot be made is found before the routes that run are touched.
 */
final class TrialContext {
    private final CamelContext hub;

    TrialContext(CamelContext hub) {
        this.hub = hub;
    }

    /**
     * Builds the routes of {@code file}.
     *
     * @param surroundings files whose templates and configurations it may name
     * @throws Exception whatever Camel has against it
     */
    void tryOut(SourceFile file, Collection<SourceFile> surroundings) throws Exception {
        try (DefaultCamelContext trial = new DefaultCamelContext(new DefaultRegistry(new BeansOf(hub)))) {
            trial.disableJMX();
            trial.setAutoStartup(false);
            Properties properties = hub.getPropertiesComponent().loadProperties();
            trial.getPropertiesComponent().setOverrideProperties(properties);
            PluginHelper.getRoutesLoader(trial)
                    .loadRoutes(
                            surroundings.stream().map(TrialContext::resource).collect(Collectors.toList()));
            PluginHelper.getRoutesLoader(trial).loadRoutes(resource(file));
            trial.start();
        }
    }

    /** The text of a file as Camel loads it. */
    static Resource resource(SourceFile file) {
        return ResourceHelper.fromString("file:" + file.name(), file.text());
    }

    /** The hub's beans, apart from components, which belong to one Camel alone. */
    private record BeansOf(CamelContext hub) implements BeanRepository {
        private static <T> @Nullable T shared(@Nullable T bean) {
            return bean instanceof Component ? null : bean;
        }

        @Override
        public @Nullable Object lookupByName(String name) {
            return shared(hub.getRegistry().lookupByName(name));
        }

        @Override
        public <T> @Nullable T lookupByNameAndType(String name, Class<T> type) {
            return shared(hub.getRegistry().lookupByNameAndType(name, type));
        }

        @Override
        public <T> Map<String, T> findByTypeWithName(Class<T> type) {
            return Component.class.isAssignableFrom(type)
                    ? Map.of()
                    : hub.getRegistry().findByTypeWithName(type);
        }

        @Override
        public <T> Set<T> findByType(Class<T> type) {
            return Component.class.isAssignableFrom(type)
                    ? Set.of()
                    : hub.getRegistry().findByType(type);
        }
    }
}
