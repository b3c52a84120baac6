package io.tributary.event;

import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.camel.spi.EndpointUriFactory;
import org.apache.camel.support.component.EndpointUriFactorySupport;

/** Puts the options that a route gives below {@code parameters:} together to the endpoint's address. */
public final class EventLogUriFactory extends EndpointUriFactorySupport implements EndpointUriFactory {
    private static final Set<String> OPTIONS = Set.of(
            "reader",
            "types",
            "batchSize",
            "tenant",
            "workspace",
            "beginAtEnd",
            "concurrentWorkspaces",
            "pauseMillis",
            "yieldsTo",
            "bridgeErrorHandler",
            "exceptionHandler",
            "exchangePattern");

    @Override
    public boolean isEnabled(String scheme) {
        return scheme.equals("event-log");
    }

    @Override
    public String buildUri(String scheme, Map<String, Object> properties, boolean encode) throws URISyntaxException {
        Map<String, Object> rest = new HashMap<>(properties);
        String syntax = scheme + ":reader";
        String uri = buildPathParameter(syntax, syntax, "reader", null, true, rest);
        return buildQueryParameters(uri, rest, encode);
    }

    @Override
    public Set<String> propertyNames() {
        return OPTIONS;
    }

    @Override
    public Set<String> secretPropertyNames() {
        return Set.of();
    }

    @Override
    public Map<String, String> multiValuePrefixes() {
        return Map.of();
    }

    @Override
    public boolean isLenientProperties() {
        return false;
    }
}
