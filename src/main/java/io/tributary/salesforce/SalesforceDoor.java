package io.tributary.salesforce;

import io.tributary.answer.Answer;
import io.tributary.answer.ApiException;
import io.tributary.answer.SoapAnswer;
import io.tributary.connection.Connection;
import io.tributary.connection.Connections;
import io.tributary.http.Call;
import io.tributary.ingest.Sender;
import java.util.Map;

/**
 * Where outbound messages arrive. They are not signed: whoever sends one shows a key of the workspace, and the message
 * names the organisation that a connection of the workspace stands for.
 */
public final class SalesforceDoor {
    private final Connections connections;

    SalesforceDoor(Connections connections) {
        this.connections = connections;
    }

    /** Whether the call brings an outbound message, as opposed to an Opportunity as JSON. */
    public boolean isMessage(Call call) {
        return SoapAnswer.isFor(call.contentType());
    }

    /**
     * Reads the message in a call's body.
     *
     * @throws ApiException 400 when it is no XML or declares a document type, 422 when it lacks what it needs, 403 when it
     *     comes from another organisation
     */
    public Turn read(Call call) {
        OutboundMessage message = message(call);
        Connection connection =
                connections
                        .ofKind(call.workspace().tenant(), call.workspace().workspace(), SalesforceKind.NAME)
                        .stream()
                        .filter(one -> one.find("org_id").map(message::isFrom).orElse(false))
                        .findFirst()
                        .orElseThrow(() -> ApiException.of(
                                403,
                                "unknown_organisation",
                                "No salesforce connection of this workspace is for the organisation of the message."));
        return new MessageTurn(connection, message, new Sender(call.caller().actor(), call.requestId(), false));
    }

    private static OutboundMessage message(Call call) {
        try {
            return OutboundMessageReader.read(call.body());
        } catch (UnreadableMessageException e) {
            String sentence = String.valueOf(e.getMessage());
            throw e.isParsable()
                    ? ApiException.of(422, "validation_failed", sentence)
                    : ApiException.unparsable(sentence);
        }
    }

    /** What Salesforce is answered when everything of its message is committed. */
    public Answer acknowledge() {
        return new Answer(200, SoapAnswer.CONTENT_TYPE, SoapAnswer.acknowledgement(), Map.of());
    }
}
