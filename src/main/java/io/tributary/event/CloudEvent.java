package io.tributary.event;

import io.tributary.deal.Times;

/** An event as the outside sees it, in the socket and in webhooks: CloudEvents 1.0, structured JSON. */
public final class CloudEvent {
    private CloudEvent() {}

    /** Names the event for good: the same in every delivery of it, and that of no other event of any workspace. */
    public static String id(Event event) {
        return event.workspace().tenant() + "." + event.workspace().workspace() + "." + event.sequence();
    }

    /** The event as JSON; ids and types hold nothing that JSON would have to escape. */
    public static String json(Event event) {
        String data = event.data() == null ? "{}" : event.data();
        StringBuilder json = new StringBuilder(data.length() + 320)
                .append("{\"specversion\":\"1.0\",\"id\":\"")
                .append(id(event))
                .append("\",\"type\":\"")
                .append(event.type())
                .append("\",\"source\":\"/tenants/")
                .append(event.workspace().tenant())
                .append("/workspaces/")
                .append(event.workspace().workspace())
                .append('"');
        if (event.subject() != null) {
            json.append(",\"subject\":\"").append(event.subject()).append('"');
        }
        return json.append(",\"time\":\"")
                .append(Times.text(event.at()))
                .append("\",\"datacontenttype\":\"application/json\",\"sequence\":")
                .append(event.sequence())
                .append(",\"data\":")
                .append(data)
                .append('}')
                .toString();
    }
}
