package io.tributary.salesforce;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads outbound messages as a stream, in time and memory linear in their length. A document type declaration is refused
 * as soon as it is met, so that no entity is ever declared, expanded or fetched.
 *
 * <p>Format: Salesforce SOAP API Developer Guide, "Outbound Messaging", namespace
 * {@code http://soap.sforce.com/2005/09/outbound}.
 */
public final class OutboundMessageReader {
    /** Salesforce puts at most this many notifications into one message. */
    public static final int NOTIFICATIONS = 100;

    private static final String OUTBOUND = "http://soap.sforce.com/2005/09/outbound";
    private static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";
    private static final String INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";

    /** Elements below one field; an address is a compound of one level. */
    private static final int DEPTH = 8;

    private static final int FIELDS = 2_000;

    /** The longest text field that Salesforce has holds 131,072 characters. */
    private static final int TEXT = 1_000_000;

    private static final XMLInputFactory FACTORY = factory();

    private int fieldsLeft = FIELDS;

    private OutboundMessageReader() {}

    /**
     * The message in {@code xml}.
     *
     * @throws UnreadableMessageException when it is no well-formed XML without a document type, or no outbound message
     */
    public static OutboundMessage read(byte[] xml) throws UnreadableMessageException {
        try {
            XMLStreamReader reader = FACTORY.createXMLStreamReader(new ByteArrayInputStream(xml));
            try {
                return new OutboundMessageReader().message(reader);
            } catch (UnreadableMessageException e) {
                if (e.isParsable()) {
                    // What is broken further down is no XML at all, whatever it lacks besides.
                    readToEnd(reader);
                }
                throw e;
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            throw UnreadableMessageException.unparsable("The body is no well-formed XML.");
        }
    }

    private static XMLInputFactory factory() {
        // The JDK's own, whatever else is on the class path: how it refuses declarations is known.
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("nothing is fetched");
        });
        return factory;
    }

    private OutboundMessage message(XMLStreamReader reader) throws XMLStreamException, UnreadableMessageException {
        findNotifications(reader);
        String organisation = null;
        String action = null;
        List<OutboundMessage.Notification> notifications = new ArrayList<>();
        while (isChild(reader)) {
            switch (reader.getLocalName()) {
                case "OrganizationId" -> organisation = text(reader);
                case "ActionId" -> action = text(reader);
                case "Notification" -> {
                    if (notifications.size() == NOTIFICATIONS) {
                        throw UnreadableMessageException.lacks(
                                "A message holds at most " + NOTIFICATIONS + " notifications.");
                    }
                    notifications.add(notification(reader));
                }
                default -> skip(reader);
            }
        }
        readToEnd(reader);
        if (organisation == null || organisation.isEmpty()) {
            throw UnreadableMessageException.lacks("The message names no OrganizationId.");
        }
        if (action == null || action.isEmpty()) {
            throw UnreadableMessageException.lacks("The message names no ActionId.");
        }
        return new OutboundMessage(organisation, action, notifications);
    }

    private static void findNotifications(XMLStreamReader reader)
            throws XMLStreamException, UnreadableMessageException {
        if (!isNextElement(reader) || !isNamed(reader, SOAP, "Envelope")) {
            throw UnreadableMessageException.lacks("The root of the body is no SOAP 1.1 Envelope.");
        }
        while (isChild(reader)) {
            if (!isNamed(reader, SOAP, "Body")) {
                skip(reader);
            } else if (isChild(reader) && isNamed(reader, OUTBOUND, "notifications")) {
                return;
            } else {
                break;
            }
        }
        throw UnreadableMessageException.lacks("The SOAP Body holds no outbound notifications.");
    }

    private OutboundMessage.Notification notification(XMLStreamReader reader)
            throws XMLStreamException, UnreadableMessageException {
        String id = null;
        String type = "";
        Map<String, @Nullable Object> fields = Map.of();
        while (isChild(reader)) {
            if (reader.getLocalName().equals("Id")) {
                id = text(reader);
            } else if (reader.getLocalName().equals("sObject")) {
                type = typeOf(reader);
                fieldsLeft = FIELDS;
                fields = fields(reader, 0);
            } else {
                skip(reader);
            }
        }
        if (id == null || id.isEmpty()) {
            throw UnreadableMessageException.lacks("A Notification has no Id.");
        }
        return new OutboundMessage.Notification(id, type, fields);
    }

    private static String typeOf(XMLStreamReader reader) {
        String type = reader.getAttributeValue(INSTANCE, "type");
        return type == null ? "" : type.substring(type.indexOf(':') + 1);
    }

    private Map<String, @Nullable Object> fields(XMLStreamReader reader, int depth)
            throws XMLStreamException, UnreadableMessageException {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        while (isChild(reader)) {
            String name = reader.getLocalName();
            fields.put(name, value(reader, depth));
        }
        return fields;
    }

    /** What stands in the current element: text, a map of the elements in it, or null where it says so. */
    private @Nullable Object value(XMLStreamReader reader, int depth)
            throws XMLStreamException, UnreadableMessageException {
        if (depth == DEPTH || --fieldsLeft < 0) {
            throw UnreadableMessageException.lacks("A record nests too deep or has too many fields.");
        }
        boolean nil = "true".equals(reader.getAttributeValue(INSTANCE, "nil"));
        StringBuilder text = new StringBuilder();
        Map<String, @Nullable Object> inner = null;
        while (true) {
            int event = next(reader);
            if (event == XMLStreamConstants.START_ELEMENT) {
                inner = inner == null ? new LinkedHashMap<>() : inner;
                String name = reader.getLocalName();
                inner.put(name, value(reader, depth + 1));
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                return inner != null ? inner : nil ? null : text.toString();
            } else {
                append(text, reader);
            }
        }
    }

    private static String text(XMLStreamReader reader) throws XMLStreamException, UnreadableMessageException {
        StringBuilder text = new StringBuilder();
        while (true) {
            int event = next(reader);
            if (event == XMLStreamConstants.END_ELEMENT) {
                return text.toString().strip();
            }
            if (event == XMLStreamConstants.START_ELEMENT) {
                throw UnreadableMessageException.lacks("An element that holds text alone holds another element.");
            }
            append(text, reader);
        }
    }

    private static void append(StringBuilder text, XMLStreamReader reader) throws UnreadableMessageException {
        if (!reader.hasText()) {
            return;
        }
        text.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
        if (text.length() > TEXT) {
            throw UnreadableMessageException.lacks("A field holds more than " + TEXT + " characters.");
        }
    }

    /** Passes over the current element and all within it. */
    private static void skip(XMLStreamReader reader) throws XMLStreamException, UnreadableMessageException {
        int open = 1;
        while (open > 0) {
            int event = next(reader);
            if (event == XMLStreamConstants.START_ELEMENT) {
                open++;
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                open--;
            }
        }
    }

    /** Moves to the next element inside the current one; false at its end. */
    private static boolean isChild(XMLStreamReader reader) throws XMLStreamException, UnreadableMessageException {
        while (true) {
            int event = next(reader);
            if (event == XMLStreamConstants.START_ELEMENT) {
                return true;
            }
            if (event == XMLStreamConstants.END_ELEMENT) {
                return false;
            }
        }
    }

    private static boolean isNextElement(XMLStreamReader reader) throws XMLStreamException, UnreadableMessageException {
        while (reader.hasNext()) {
            if (next(reader) == XMLStreamConstants.START_ELEMENT) {
                return true;
            }
        }
        return false;
    }

    /** What follows the message must be well formed too. */
    private static void readToEnd(XMLStreamReader reader) throws XMLStreamException, UnreadableMessageException {
        while (reader.hasNext()) {
            next(reader);
        }
    }

    private static int next(XMLStreamReader reader) throws XMLStreamException, UnreadableMessageException {
        int event = reader.next();
        if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
            throw UnreadableMessageException.unparsable("A document type declaration or an entity is not taken.");
        }
        return event;
    }

    private static boolean isNamed(XMLStreamReader reader, String namespace, String name) {
        return name.equals(reader.getLocalName()) && namespace.equals(reader.getNamespaceURI());
    }
}
