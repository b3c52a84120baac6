package io.tributary.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.tributary.answer.Answer;
import io.tributary.answer.AnsweredBefore;
import io.tributary.answer.ApiException;
import io.tributary.answer.FileAnswer;
import io.tributary.answer.SoapAnswer;
import io.tributary.json.UnreadableJsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.platform.http.vertx.HttpMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/** Turns what a route came to, an {@link Answer} or a failure, into the response. */
public final class Respond {
    static final String REQUEST_ID = "requestId";

    /** Whether the sender is to be answered in SOAP. */
    static final String SOAP = "soap";

    private static final Logger LOG = LoggerFactory.getLogger(Respond.class);

    /** Sends the answer that the route has left in the body. */
    public void answer(Exchange exchange) throws IOException {
        if (exchange.getMessage().getBody() instanceof FileAnswer file) {
            Message message = exchange.getMessage();
            message.removeHeaders("*");
            message.setHeader(Exchange.HTTP_RESPONSE_CODE, 200);
            message.setHeader(Exchange.CONTENT_TYPE, file.contentType());
            message.setBody(Files.newInputStream(file.file(), StandardOpenOption.DELETE_ON_CLOSE));
            return;
        }
        Answer answer = exchange.getMessage().getBody(Answer.class);
        write(exchange, answer);
    }

    /** Sends the failure that ended the route, in the one error format. */
    public void failure(Exchange exchange) {
        Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        AnsweredBefore before = answeredBefore(cause);
        if (before != null) {
            write(exchange, before.answer());
            return;
        }
        ApiException refusal = refusalOf(cause);
        String requestId = exchange.getProperty(REQUEST_ID, "none", String.class);
        if (refusal.status() == 500) {
            LOG.error("Request {} failed", requestId, cause);
        } else if (refusal.status() == 503) {
            LOG.warn("Request {} could not be confirmed: {}", requestId, String.valueOf(cause));
        }
        String source = source(exchange, exchange.getProperty(Exchange.HTTP_PATH, String.class));
        if (refusal.status() >= 500) {
            Counter.builder("tributary.failures")
                    .description("Requests that failed for a reason of the hub's own")
                    .tag("source", source == null ? "none" : source)
                    .register(Metrics.globalRegistry)
                    .increment();
        }
        boolean soap = Boolean.TRUE.equals(exchange.getProperty(SOAP));
        write(exchange, soap ? SoapAnswer.of(refusal, requestId) : toAnswer(refusal, source, requestId));
    }

    private static @Nullable AnsweredBefore answeredBefore(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AnsweredBefore before) {
                return before;
            }
        }
        return null;
    }

    private static @Nullable String source(Exchange exchange, @Nullable String path) {
        String source = exchange.getProperty("source", String.class);
        if (source == null && exchange.getMessage() instanceof HttpMessage http) {
            return SourcePaths.sourceOf(http.getRequest().path());
        }
        if (source == null && exchange.getMessage().getBody() instanceof Call call) {
            return SourcePaths.sourceOf(SourcePaths.BASE + "/" + call.path());
        }
        return source == null && path != null ? SourcePaths.sourceOf(path) : source;
    }

    static Answer toAnswer(ApiException refusal, @Nullable String source, String requestId) {
        Answer answer = Answer.json(refusal.status(), refusal.body(source, requestId));
        return refusal.retryAfterSeconds() > 0
                ? answer.with("Retry-After", Integer.toString(refusal.retryAfterSeconds()))
                : answer;
    }

    /** What a failure means for whoever sent the request; whatever is not foreseen stays inside. */
    public static ApiException refusalOf(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ApiException refusal) {
                return refusal;
            }
            if (cause instanceof UnreadableJsonException unreadable) {
                return ApiException.unparsable(String.valueOf(unreadable.getMessage()));
            }
            if (cause instanceof CannotCreateTransactionException
                    // A transaction that could not even be ended: the connection is gone.
                    || cause instanceof TransactionSystemException
                    || cause instanceof DataAccessResourceFailureException
                    || cause instanceof RejectedExecutionException
                    || (cause instanceof SQLException sql && isUnavailable(sql.getSQLState()))) {
                return ApiException.unavailable();
            }
        }
        return ApiException.of(500, "internal", "Something went wrong here; the log has it under this request_id.");
    }

    /** Connection, resources, operator intervention, system error, and conflicts that outlasted every retry. */
    private static boolean isUnavailable(@Nullable String state) {
        return state != null
                && (state.startsWith("08")
                        || state.startsWith("40")
                        || state.startsWith("53")
                        || state.startsWith("57")
                        || state.startsWith("58"));
    }

    private static void write(Exchange exchange, Answer answer) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, answer.status());
        if (answer.body().length > 0) {
            message.setHeader(Exchange.CONTENT_TYPE, answer.contentType());
        }
        for (Map.Entry<String, String> header : answer.headers().entrySet()) {
            message.setHeader(header.getKey(), header.getValue());
        }
        message.setBody(answer.body().length > 0 ? answer.body() : null);
    }
}
