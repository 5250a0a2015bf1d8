package imagefunctions.receiver;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;

/**
 * Feeds a request's body, unparsed, to a sink that may block; no more is read than the sink has taken. Vert.x' own
 * BodyHandler would take curl's default content type for a form and lose the bytes.
 */
final class BodyPump {

    /** Takes the pieces of a body. */
    interface Sink {
        void add(byte[] bytes) throws IOException;
    }

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final ReceiverSettings settings;
    private final Promise<Void> done = Promise.promise();
    private long skipped;

    BodyPump(Vertx vertx, HttpServerRequest request, ReceiverSettings settings) {
        this.vertx = vertx;
        this.request = request;
        this.settings = settings;
    }

    /** Reads the body; the request must be paused. The future is done when the sink has all of it. */
    Future<Void> into(Sink sink) {
        long timer = vertx.setTimer(settings.readTimeout().toMillis(), late -> {
            if (!done.tryFail(new Problem.TooSlow(settings.readTimeout()).asException())) {
                request.connection().close();
            }
        });
        request.handler(piece -> take(piece, sink));
        request.exceptionHandler(done::tryFail);
        request.endHandler(end -> {
            vertx.cancelTimer(timer);
            done.tryComplete();
        });
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            request.response().writeContinue();
        }
        request.resume();
        return done.future();
    }

    /** Drops the body of a request that is refused, so that its sender gets to see the answer. */
    void skip() {
        done.tryComplete();
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            request.response().putHeader("Connection", "close");
        }
        request.handler(this::skip);
        request.exceptionHandler(gone -> {});
        request.resume();
    }

    private void take(Buffer piece, Sink sink) {
        if (done.future().isComplete()) {
            skip(piece);
            return;
        }
        request.pause();
        vertx.executeBlocking(() -> {
                    sink.add(piece.getBytes());
                    return true;
                })
                .onFailure(done::tryFail)
                .onComplete(taken -> request.resume());
    }

    private void skip(Buffer piece) {
        skipped += piece.length();
        if (skipped > settings.maxBody()) {
            request.connection().close();
        }
    }
}
