package io.tributary.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;

/** What the running routes take under {@code /api}, those of the integrators' own files among them. */
final class RunningApi {
    private final CamelContext context;

    RunningApi(CamelContext context) {
        this.context = context;
    }

    /** Every operation once, in the order of paths. */
    List<ApiOperation> operations() {
        Map<String, ApiOperation> operations = new LinkedHashMap<>();
        for (Route route : context.getRoutes()) {
            if (route.getEndpoint() instanceof PlatformHttpEndpoint http
                    && http.getPath().startsWith("/api/")) {
                String methods = http.getHttpMethodRestrict();
                for (String method : (methods == null ? "GET" : methods).split(",", -1)) {
                    String summary = route.getDescription() == null ? route.getRouteId() : route.getDescription();
                    ApiOperation operation = new ApiOperation(http.getPath(), method.strip(), summary);
                    operations.putIfAbsent(operation.path() + " " + operation.method(), operation);
                }
            }
        }
        List<ApiOperation> sorted = new ArrayList<>(operations.values());
        sorted.sort(java.util.Comparator.comparing(ApiOperation::path).thenComparing(ApiOperation::method));
        return sorted;
    }
}
