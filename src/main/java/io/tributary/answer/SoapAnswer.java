package io.tributary.answer;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an outbound message of Salesforce is answered with. */
public final class SoapAnswer {
    /** The content type of every answer. */
    public static final String CONTENT_TYPE = "text/xml; charset=UTF-8";

    private static final String OPEN =
            "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\"><soapenv:Body>";
    private static final String CLOSE = "</soapenv:Body></soapenv:Envelope>";

    private SoapAnswer() {}

    /** Whether somebody who sends {@code contentType} speaks SOAP and is to be answered in it. */
    public static boolean isFor(@Nullable String contentType) {
        return contentType != null && contentType.toLowerCase(Locale.ROOT).contains("xml");
    }

    /** A refusal as a fault. */
    public static Answer of(ApiException refusal, String requestId) {
        Answer answer = new Answer(
                refusal.status(),
                CONTENT_TYPE,
                fault(refusal.status() < 500, refusal.code(), String.valueOf(refusal.getMessage()), requestId),
                Map.of());
        return refusal.retryAfterSeconds() > 0
                ? answer.with("Retry-After", Integer.toString(refusal.retryAfterSeconds()))
                : answer;
    }

    /** The whole message is stored; Salesforce need not send it again. */
    public static byte[] acknowledgement() {
        return (OPEN + "<notificationsResponse xmlns=\"http://soap.sforce.com/2005/09/outbound\"><Ack>true</Ack>"
                        + "</notificationsResponse>" + CLOSE)
                .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Nothing of the message is stored.
     *
     * @param senders whether sending the same again is refused again, as opposed to a trouble of ours that passes
     * @param code what kind of refusal it is, for whoever counts them
     */
    public static byte[] fault(boolean senders, String code, String sentence, String requestId) {
        return (OPEN + "<soapenv:Fault><faultcode>soapenv:" + (senders ? "Client" : "Server")
                        + "</faultcode><faultstring>" + escaped(sentence) + "</faultstring><detail><code>"
                        + escaped(code) + "</code><request_id>" + escaped(requestId)
                        + "</request_id></detail></soapenv:Fault>" + CLOSE)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
