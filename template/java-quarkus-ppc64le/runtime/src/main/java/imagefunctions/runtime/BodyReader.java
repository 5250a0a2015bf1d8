package imagefunctions.runtime;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/**
 * Collects a request's whole body within the limits, unparsed: Vert.x' own BodyHandler would take curl's default
 * content type for a form and lose the bytes.
 */
@Singleton
final class BodyReader {
    private final Vertx vertx;
    private final Limits limits;
    private final HeldBytes held;

    BodyReader(Vertx vertx, Limits limits, HeldBytes held) {
        this.vertx = vertx;
        this.limits = limits;
        this.held = held;
    }

    /**
     * Reads the body; its bytes count as held until the request is over.
     *
     * @return the bytes, or a failure with a {@link ProblemException} (408, 413, 429), or with what broke the connection
     */
    Future<byte[]> read(RoutingContext context) {
        Reading reading = new Reading(context.request());
        context.addEndHandler(over -> reading.over());
        reading.start();
        return reading.whole.future();
    }

    /** Reads the body of a request that is refused anyway, and drops it, so that its sender gets to see the answer. */
    void skip(RoutingContext context) {
        Reading reading = new Reading(context.request());
        context.addEndHandler(over -> reading.over());
        reading.whole.tryComplete(new byte[0]);
        reading.start();
    }

    private final class Reading {
        private final HttpServerRequest request;
        private final Promise<byte[]> whole = Promise.promise();
        private Buffer body = Buffer.buffer();
        private long taken;
        private long skipped;
        private boolean hangsUp;

        Reading(HttpServerRequest request) {
            this.request = request;
        }

        void start() {
            long timer = vertx.setTimer(limits.readTimeout().toMillis(), t -> tooSlow());
            request.exceptionHandler(whole::tryFail);
            request.endHandler(v -> {
                vertx.cancelTimer(timer);
                whole.tryComplete(body.getBytes());
            });
            request.handler(this::more);
            boolean fits = !whole.future().isComplete() && fits(announced());
            if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
                if (fits) {
                    request.response().writeContinue();
                } else {
                    hangUp();
                }
            }
        }

        private void more(Buffer part) {
            if (whole.future().isComplete()) {
                skip(part);
            } else if (fits((long) body.length() + part.length())) {
                body.appendBuffer(part);
            }
        }

        /** Takes memory for a body of this size, or refuses it. */
        private boolean fits(long size) {
            if (size > limits.maxBody()) {
                refuse(new Problem.TooLarge("The body is larger than " + limits.maxBody()
                        + " bytes: send a smaller one, or raise IMAGE_FUNCTIONS_MAX_BODY."));
                return false;
            }
            if (size > taken) {
                // Doubling keeps a body that does not say its size from asking for every part.
                long want = Math.min(limits.maxBody(), Math.max(size, taken == 0 ? size : 2 * taken));
                if (!held.take(want - taken)) {
                    refuse(new Problem.TooManyCalls(
                            "The bodies of the calls at work fill the memory set aside for them (" + limits.maxHeld()
                                    + " bytes): send this one again in a second."));
                    return false;
                }
                taken = want;
            }
            return true;
        }

        private void refuse(Problem problem) {
            body = Buffer.buffer();
            whole.tryFail(problem.asException());
        }

        /** Reads on for a while after a refusal, so that the sender gets to see it, and then hangs up. */
        private void skip(Buffer part) {
            skipped += part.length();
            if (skipped > limits.maxBody()) {
                request.connection().close();
            }
        }

        private void tooSlow() {
            if (whole.future().isComplete()) {
                request.connection().close();
            } else {
                hangUp();
                refuse(new Problem.BodyTooSlow(limits.readTimeout()));
            }
        }

        /** The rest of the body will not be read: the connection ends with the answer. */
        private void hangUp() {
            hangsUp = true;
            request.response().putHeader("Connection", "close");
        }

        private void over() {
            held.giveBack(taken);
            taken = 0;
            if (hangsUp) {
                request.connection().close();
            }
        }

        private long announced() {
            String length = request.getHeader("Content-Length");
            return length == null ? 0 : Long.parseLong(length);
        }
    }
}
