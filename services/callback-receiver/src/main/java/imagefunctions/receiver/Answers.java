package imagefunctions.receiver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Writes answers as JSON, and what went wrong as RFC 9457 problem+json with the call id. */
@Singleton
final class Answers {
    private static final Logger LOG = Logger.getLogger(Answers.class);
    private static final String CALL_ID = "X-Call-Id";

    private final ObjectMapper json;

    Answers(ObjectMapper json) {
        this.json = json;
    }

    /** The body of a problem, as RFC 9457 has it. */
    record Body(
            String type,
            String title,
            int status,
            String detail,
            @Nullable String callId) {}

    void send(RoutingContext context, int status, Object value) {
        send(context, status, "application/json", value);
    }

    void problem(RoutingContext context, Throwable failure) {
        if (failure instanceof ProblemException e) {
            problem(context, e.problem());
            return;
        }
        if (!context.response().closed()) {
            LOG.errorf(
                    failure,
                    "%s %s failed",
                    context.request().method(),
                    context.request().path());
        }
        problem(context, new Problem.Failed());
    }

    void problem(RoutingContext context, Problem problem) {
        HttpServerResponse response = context.response();
        if (response.closed() || response.headWritten()) {
            return;
        }
        switch (problem) {
            case Problem.MethodNotAllowed p -> response.putHeader("Allow", p.allowed());
            case Problem.TooSlow p -> response.putHeader("Connection", "close");
            case Problem.Unavailable p -> response.putHeader("Retry-After", "1").putHeader("Connection", "close");
            case Problem.Full p -> response.putHeader("Retry-After", "60");
            default -> {}
        }
        String title = HttpResponseStatus.valueOf(problem.status()).reasonPhrase();
        String callId = response.headers().get(CALL_ID);
        send(
                context,
                problem.status(),
                "application/problem+json",
                new Body("about:blank", title, problem.status(), problem.detail(), callId));
    }

    void identify(RoutingContext context, String callId) {
        context.response().putHeader(CALL_ID, callId);
    }

    private void send(RoutingContext context, int status, String type, Object value) {
        Buffer body;
        try {
            body = Buffer.buffer(json.writeValueAsBytes(value)).appendByte((byte) '\n');
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of texts and numbers are always JSON", e);
        }
        HttpServerResponse response = context.response().setStatusCode(status).putHeader("Content-Type", type);
        response.putHeader("X-Content-Type-Options", "nosniff");
        response.putHeader("Content-Length", Integer.toString(body.length()));
        response.end(body).onComplete(sent -> {
            if (status == 408) {
                context.request().connection().close(); // the rest of the request may never come
            }
        });
    }
}
