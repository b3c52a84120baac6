package io.tributary.enrichment;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.connection.Connection;
import io.tributary.connection.ConnectionFailure;
import io.tributary.connection.ConnectionKind;
import io.tributary.connection.Outward;
import io.tributary.connection.OutwardException;
import io.tributary.connection.OutwardResponse;
import io.tributary.connection.Parameter;
import io.tributary.deal.FieldError;
import io.tributary.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/** Asks any HTTP service what it knows of a lead or its company. */
public final class EnricherKind implements ConnectionKind {
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9-]{1,100}");
    private static final Pattern PARAMETER = Pattern.compile("[A-Za-z0-9_.-]{0,100}");

    @Override
    public String name() {
        return "enricher";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.url("url", "Where is asked").must(),
                Parameter.choice("ask", List.of("domain", "email"), "What is asked about"),
                Parameter.text("parameter", "The query parameter that holds it; empty: the end of the path")
                        .orElse(""),
                Parameter.text("header_name", "The header that holds the secret")
                        .orElse("Authorization"),
                Parameter.secret("header_value", "What the header holds, such as Bearer and a key"),
                Parameter.text("fields", "What is kept of the answer: company=$.name, phone=$.phones[0]")
                        .must(),
                Parameter.number("cache_days", 30, 1, 365, "How long an answer holds"),
                Parameter.number("per_minute", 60, 1, 6000, "How often is asked a minute at most"));
    }

    @Override
    public List<FieldError> faults(Map<String, String> parameters) {
        List<FieldError> faults = new ArrayList<>();
        String fields = parameters.getOrDefault("fields", "");
        try {
            EnricherFields.parse(fields);
        } catch (IllegalArgumentException wrong) {
            faults.add(new FieldError("parameters.fields", fields, String.valueOf(wrong.getMessage())));
        }
        String header = parameters.getOrDefault("header_name", "");
        if (!TOKEN.matcher(header).matches()) {
            faults.add(new FieldError("parameters.header_name", header, "is no name of a header"));
        }
        if (parameters.getOrDefault("header_value", "").chars().anyMatch(c -> c < ' ' || c > '~')) {
            faults.add(new FieldError("parameters.header_value", null, "holds characters that no header can hold"));
        }
        String parameter = parameters.getOrDefault("parameter", "");
        if (!PARAMETER.matcher(parameter).matches()) {
            faults.add(new FieldError("parameters.parameter", parameter, "is no name of a query parameter"));
        }
        return faults;
    }

    /** Asks about example.com, whatever is known of it. */
    @Override
    public String test(Connection connection, Outward outward) throws ConnectionFailure {
        String about = connection.text("ask").equals("email") ? "someone@example.com" : "example.com";
        try {
            OutwardResponse answer = outward.http()
                    .send(new Question(connection, new UUID(0, 0), "someone@example.com", about).request());
            if (Enrichments.isRefused(answer.status())) {
                throw new ConnectionFailure("it answered " + answer.status());
            }
            if (!answer.ok()) {
                return "it answered " + answer.status() + ", so it knows nothing of " + about;
            }
            JsonNode body = Json.mapper().valueToTree(answer.json());
            int found =
                    EnricherFields.parse(connection.text("fields")).read(body).size();
            return "it answered, with " + found + " of the fields, about " + about;
        } catch (OutwardException e) {
            throw new ConnectionFailure(String.valueOf(e.getMessage()), e);
        }
    }
}
