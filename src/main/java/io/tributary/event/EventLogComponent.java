package io.tributary.event;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** The scheme {@code event-log}: routes that take what was written into the event log, after the commit. */
@Component("event-log")
public final class EventLogComponent extends DefaultComponent {

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        EventLogEndpoint endpoint = new EventLogEndpoint(uri, this, remaining);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    <T> T part(Class<T> type) {
        return getCamelContext().getRegistry().findSingleByType(type);
    }
}
