package imagefunctions.runtime.http;

import imagefunctions.runtime.CallId;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.Reply;
import io.netty.channel.ChannelHandlerContext;
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

    Answers(Vertx vertx, HttpLimits limits, Problems problems) {
        this.vertx = vertx;
        this.limits = limits;
        this.problems = problems;
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

    /** Answers with this problem; {@link BodyReader#refuse} is for requests whose body was not read. */
    public void problem(RoutingContext context, Problem problem) {
        send(context, problems.answer(problem, identify(context)));
    }

    /** Answers with what went wrong; a fault of our own is logged under the name of what failed. */
    public void fail(RoutingContext context, String what, Throwable failure) {
        send(context, problems.answer(what, identify(context), failure));
    }

    /** Sends the answer, unless its reader has gone; one that does not take it in time is cut off. */
    public void send(RoutingContext context, Reply reply) {
        HttpServerResponse response = context.response();
        if (response.closed() || response.headWritten()) {
            return;
        }
        response.setStatusCode(reply.status());
        reply.headers().forEach(response::putHeader);
        // A HEAD is answered without its body but with the length that the body would have; 204 and 304 have none to
        // tell.
        if (reply.status() != 204 && reply.status() != 304) {
            response.putHeader("Content-Length", Integer.toString(reply.body().length));
        }
        long timer = vertx.setTimer(limits.writeTimeout().toMillis(), expired -> cutOff(context));
        response.end(Buffer.buffer(reply.body())).onComplete(taken -> vertx.cancelTimer(timer));
    }

    /** Ends the connection in the middle of an answer. Past Vert.x, whose own close would wait for it to be taken. */
    public static void cutOff(RoutingContext context) {
        channel(context).ifPresent(ChannelHandlerContext::close);
    }

    /** Has what was answered leave now, past Vert.x, which would wait for the end of what it reads. */
    void flush(RoutingContext context) {
        channel(context).ifPresent(ChannelHandlerContext::flush);
    }

    private static Optional<ChannelHandlerContext> channel(RoutingContext context) {
        return context.request().connection() instanceof ConnectionBase connection
                ? Optional.of(connection.channelHandlerContext())
                : Optional.empty();
    }
}
