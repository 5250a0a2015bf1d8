package imagefunctions.runtime.http;

import imagefunctions.runtime.Problem;
import imagefunctions.runtime.ProblemException;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * Reads request bodies within the limits, unparsed: Vert.x' own BodyHandler would take curl's default content type for
 * a form and lose the bytes.
 */
@Singleton
public final class BodyReader {

    /** Takes the parts of a body; no further part is read before the future of the last one is done. */
    @FunctionalInterface
    public interface Sink {
        Future<?> add(Buffer part);
    }

    private static final long FIRST_RESERVATION = 64 << 10;

    private static final Sink DROP = part -> Future.succeededFuture();

    private final Vertx vertx;
    private final HttpLimits limits;
    private final HeldBytes held;
    private final Answers answers;

    BodyReader(Vertx vertx, HttpLimits limits, HeldBytes held, Answers answers) {
        this.vertx = vertx;
        this.limits = limits;
        this.held = held;
        this.answers = answers;
    }

    /** What the request's Content-Length says, if it has one. */
    public static OptionalLong announced(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        return length == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(length));
    }

    /** Whether there is memory now for all of a body that may be sent, as far as its length is known. */
    public boolean hasRoom(HttpServerRequest request) {
        long length = announced(request).orElse(1);
        return length > limits.maxBody() || length <= held.room();
    }

    /**
     * Collects the body in memory; its bytes count as held until the request is over, or the body is refused.
     *
     * @return the bytes, or a failure with a {@link ProblemException} (400, 408, 413, 429, 499)
     */
    public Future<byte[]> read(RoutingContext context) {
        InMemory memory = new InMemory();
        context.addEndHandler(over -> memory.release());
        Reading reading = new Reading(context, limits.ofOneBody());
        // What is announced may never come: only a little of it takes memory before it is there.
        if (!memory.reserve(Math.min(announced(context.request()).orElse(0), FIRST_RESERVATION))) {
            reading.done.tryFail(held.noRoom().asException());
        }
        // Before its sender has the answer, and with it a reason to send something else.
        return reading.into(Future.succeededFuture(memory::add))
                .onFailure(refused -> memory.release())
                .map(done -> memory.bytes());
    }

    /**
     * Feeds the body to a sink, and holds none of it. Nothing is read before the sink is open; a sender that waits for
     * a go-ahead gets it then.
     *
     * @param sink that opens; if it fails, the body is dropped
     * @return done when the sink has all of it, or a failure as of {@link #read}, or 503 if the sink took too long, or the
     *     sink's own; then the sink may still be opening
     */
    public Future<Void> pump(RoutingContext context, Future<? extends Sink> sink) {
        return pump(context, sink, limits.ofOneBody());
    }

    /** The same with a limit of its own. */
    public Future<Void> pump(RoutingContext context, Future<? extends Sink> sink, SizeLimit most) {
        return new Reading(context, most).into(sink);
    }

    /** Answers without the body, which is read and dropped, so that its sender gets to see the answer. */
    public void refuse(RoutingContext context, Problem problem) {
        skip(context);
        answers.problem(context, problem);
    }

    /** Reads the body of a request that is refused anyway, and drops it. */
    public void skip(RoutingContext context) {
        Reading reading = new Reading(context, limits.ofOneBody());
        reading.done.tryComplete();
        reading.into(Future.succeededFuture(DROP));
    }

    /** What ends a request before its body: the sender went away, or sent what is not HTTP. */
    private static Problem broken(Throwable failure) {
        return failure instanceof HttpClosedException || failure instanceof IOException
                ? new Problem.CallerLeft()
                : new Problem.BadRequest("The body does not follow HTTP's framing (" + failure.getMessage()
                        + "): check Content-Length and Transfer-Encoding.");
    }

    private final class Reading {
        private final RoutingContext context;
        private final HttpServerRequest request;
        private final SizeLimit most;
        private final Promise<Void> done = Promise.promise();
        private OptionalLong timer = OptionalLong.empty();
        private long size;
        private boolean broken;
        private boolean hangsUp;
        private boolean waitsForSink;

        Reading(RoutingContext context, SizeLimit most) {
            this.context = context;
            this.most = most;
            this.request = context.request();
            context.addEndHandler(over -> {
                if (hangsUp) {
                    request.connection().close();
                }
            });
        }

        Future<Void> into(Future<? extends Sink> opening) {
            if (!opening.isComplete()) {
                request.pause();
            }
            request.exceptionHandler(this::breakOff);
            opening.onComplete(opened -> {
                if (!broken) {
                    begin(opened);
                }
            });
            return done.future();
        }

        private void begin(AsyncResult<? extends Sink> opened) {
            timer = OptionalLong.of(vertx.setTimer(limits.readTimeout().toMillis(), expired -> tooSlow()));
            boolean tooLarge = announced(request).orElse(0) > most.bytes();
            boolean refused = opened.failed() || tooLarge || done.future().isComplete();
            if (waitsForContinue()) {
                if (refused) {
                    hangUp();
                } else {
                    request.response().writeContinue();
                }
            }
            if (refused && announced(request).orElse(0) > readOn()) {
                sayThatItEnds();
            }
            Sink sink = refused ? DROP : opened.result();
            request.handler(part -> take(part, sink));
            request.endHandler(end -> {
                stopTimer();
                done.tryComplete();
            });
            if (opened.failed()) {
                done.tryFail(opened.cause());
            } else if (tooLarge) {
                done.tryFail(most.tooLarge().asException());
            }
            request.resume();
        }

        /** By HTTP/1.0 nobody does, whatever it says (RFC 9110, 10.1.1): it would take a 100 for the answer. */
        private boolean waitsForContinue() {
            return request.version() != HttpVersion.HTTP_1_0
                    && "100-continue".equalsIgnoreCase(request.getHeader("Expect"));
        }

        private void take(Buffer part, Sink sink) {
            size += part.length();
            if (done.future().isComplete()) {
                if (size > readOn()) {
                    request.connection().close();
                }
            } else if (size > most.bytes()) {
                sayThatItEnds();
                done.tryFail(most.tooLarge().asException());
            } else {
                Future<?> taken = sink.add(part).onFailure(done::tryFail);
                if (!taken.isComplete()) {
                    request.pause();
                    waitsForSink = true;
                    taken.onComplete(next -> {
                        waitsForSink = false;
                        request.resume();
                    });
                }
            }
        }

        /** How much of a refused body is read, so that its sender gets to see the answer. */
        private long readOn() {
            return 2 * most.bytes();
        }

        private void tooSlow() {
            if (done.future().isComplete()) {
                request.connection().close();
            } else {
                hangUp();
                Problem problem = waitsForSink
                        ? new Problem.Unavailable("What the body is for did not take it in time: send the call again.")
                        : new Problem.BodyTooSlow(limits.readTimeout());
                done.tryFail(problem.asException());
            }
        }

        private void breakOff(Throwable failure) {
            Problem problem = broken(failure);
            broken = true;
            stopTimer();
            if (!request.response().headWritten()) {
                hangUp();
            }
            done.tryFail(problem.asException());
            // Vert.x closes the connection next: what is not answered and on its way by now never gets there.
            answers.problem(context, problem);
            answers.flush(context);
        }

        private void stopTimer() {
            timer.ifPresent(vertx::cancelTimer);
        }

        /** The rest of the body will not be read: the connection ends with the answer. */
        private void hangUp() {
            hangsUp = true;
            sayThatItEnds();
        }

        /** Nobody is to send another request on the connection. */
        private void sayThatItEnds() {
            if (!request.response().headWritten()) {
                request.response().putHeader("Connection", "close");
            }
        }
    }

    /** A body in memory, as long as there is memory for it. */
    private final class InMemory {
        private Buffer body = Buffer.buffer();
        private long taken;

        Future<?> add(Buffer part) {
            long size = (long) body.length() + part.length();
            // Doubling keeps a body that does not say its size from asking for every part.
            if (size > taken && !reserve(Math.min(limits.maxBody(), Math.max(size, 2 * taken)))) {
                return Future.failedFuture(held.noRoom().asException());
            }
            body.appendBuffer(part);
            return Future.succeededFuture();
        }

        /** The body, which is held once from now on. */
        byte[] bytes() {
            byte[] bytes = body.getBytes();
            body = Buffer.buffer();
            return bytes;
        }

        boolean reserve(long size) {
            if (!held.take(size - taken)) {
                return false;
            }
            taken = size;
            return true;
        }

        void release() {
            body = Buffer.buffer();
            held.giveBack(taken);
            taken = 0;
        }
    }
}
