package io.tributary.start;

import io.tributary.mapping.Mapping;
import io.tributary.mapping.MappingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The files that come with the hub. */
final class BuiltIn {
    private static final PathMatchingResourcePatternResolver FILES =
            new PathMatchingResourcePatternResolver(BuiltIn.class.getClassLoader());

    private BuiltIn() {}

    /** The mapping of every built-in source. */
    static List<Mapping> mappings() throws IOException {
        List<Mapping> mappings = new ArrayList<>();
        for (Resource file : FILES.getResources("classpath*:routes/sources/*/*.mapping.yaml")) {
            try {
                mappings.add(Mapping.parse(
                        String.valueOf(file.getFilename()), file.getContentAsString(StandardCharsets.UTF_8)));
            } catch (MappingException e) {
                throw new IllegalStateException("a built-in mapping file is wrong", e);
            }
        }
        return mappings;
    }

    /** Every built-in route file whose place no own one takes, each by its full name: Camel's own search loses the folders inside a jar. */
    static String routes(Set<String> replaced) throws IOException {
        List<String> routes = new ArrayList<>();
        for (Resource file : FILES.getResources("classpath*:routes/**/*.camel.yaml")) {
            String url = file.getURL().toString();
            String name = url.substring(url.lastIndexOf("/routes/") + 1);
            if (!replaced.contains(name)) {
                routes.add("classpath:" + name);
            }
        }
        return String.join(",", routes);
    }

    /** Makes a route of each statement of the funnel, from the template that runs one. */
    static void addStatements(CamelContext context) throws Exception {
        for (String statement : io.tributary.ingest.FunnelStatements.NAMES) {
            TemplatedRouteBuilder.builder(context, "statement")
                    .routeId("sql-" + statement)
                    .parameter("statement", statement)
                    .add();
        }
    }
}
