package imagefunctions.runtime.http;

import imagefunctions.runtime.CallId;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.Reply;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Writes answers to HTTP, every one with its call id. */
@Singleton
public final class Answers {
    private final Vertx vertx;
    private final HttpLimits limits;
    private final Problems problems;
    private final BodyReader bodies;

    Answers(Vertx vertx, HttpLimits limits, Problems problems, BodyReader bodies) {
        this.vertx = vertx;
        this.limits = limits;
        this.problems = problems;
        this.bodies = bodies;
    }

    /** Gives the request its call id, its caller's or a new one, and puts it on the answer, once. */
    public String identify(RoutingContext context) {
        HttpServerResponse response = context.response();
        String given = response.headers().get(CallId.HEADER);
        if (given != null) {
            return given;
        }
        String id = CallId.of(Optional.ofNullable(context.request().getHeader(CallId.HEADER)));
        response.putHeader(CallId.HEADER, id);
        return id;
    }

    /** Answers without reading the body. */
    public void refuse(RoutingContext context, Problem problem) {
        bodies.skip(context);
        send(context, problems.answer(problem, identify(context)));
    }

    /** Answers with what went wrong; a fault of our own is logged under the name of what failed. */
    public void fail(RoutingContext context, String what, Throwable failure) {
        send(context, problems.answer(what, identify(context), failure));
    }

    /** Sends the answer, unless its reader has gone; one that does not take it in time is cut off. */
    public void send(RoutingContext context, Reply reply) {
        HttpServerResponse response = context.response();
        if (response.closed() || response.ended()) {
            return;
        }
        response.setStatusCode(reply.status());
        reply.headers().forEach(response::putHeader);
        // A HEAD is answered without its body but with the length that the body would have.
        if (reply.status() != 204) {
            response.putHeader("Content-Length", Integer.toString(reply.body().length));
        }
        long timer = vertx.setTimer(limits.writeTimeout().toMillis(), late -> cutOff(context));
        response.end(Buffer.buffer(reply.body())).onComplete(taken -> vertx.cancelTimer(timer));
    }

    /** Past Vert.x, whose own close would wait for the answer to be taken. */
    private static void cutOff(RoutingContext context) {
        if (context.request().connection() instanceof ConnectionBase connection) {
            connection.channelHandlerContext().close();
        }
    }
}
