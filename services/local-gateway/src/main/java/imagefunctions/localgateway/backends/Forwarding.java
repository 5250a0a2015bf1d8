package imagefunctions.localgateway.backends;

import imagefunctions.gatewayclient.CallOutcome;
import imagefunctions.gatewayclient.GatewayClient;
import imagefunctions.gatewayclient.Tries;
import imagefunctions.gatewayclient.Verdict;
import imagefunctions.reasons.Reason;
import imagefunctions.retry.TransientStatus;
import imagefunctions.runtime.FunctionPath;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.ProblemException;
import imagefunctions.runtime.Seconds;
import imagefunctions.runtime.http.Answers;
import imagefunctions.runtime.http.BodyReader;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jboss.logging.Logger;

/** One request on its way to another server and back; everything happens on the request's event loop. */
final class Forwarding {
    /** 204 and 304 (RFC 9110, 6.4.1). */
    private static final Set<Integer> BODILESS = Set.of(204, 304);

    private static final Logger LOG = Logger.getLogger("imagefunctions");

    private final Forwarder with;
    private final RoutingContext context;
    private final HttpServerRequest request;
    private final FunctionPath target;
    private final Destination to;
    private final MultiMap headers;
    private final Optional<Buffer> held;
    private final Tries tries;
    private final long started = System.nanoTime();
    private Optional<HttpClientRequest> upstream = Optional.empty();
    private Optional<Answer> refusal = Optional.empty();
    private OptionalLong timer = OptionalLong.empty();
    private boolean bodySent;
    private boolean answering;
    private boolean over;

    /** An answer and the server that it is of. */
    private record Answer(String node, HttpClientResponse response) {
        Optional<String> workflowStep() {
            return Optional.ofNullable(response.getHeader(TransientStatus.WORKFLOW_STEP));
        }

        void drop() {
            response.request().reset();
        }
    }

    /**
     * A request that is not sent yet.
     *
     * @param headers as they are to be sent
     * @param held its body, which can be sent twice; without it, what is on its way
     */
    Forwarding(
            Forwarder with,
            RoutingContext context,
            FunctionPath target,
            Destination to,
            MultiMap headers,
            Optional<Buffer> held) {
        this.with = with;
        this.context = context;
        this.request = context.request();
        this.target = target;
        this.to = to;
        this.headers = headers;
        this.held = held;
        this.tries = with.pool.begin(to.addresses());
        context.addEndHandler(ended -> {
            if (ended.failed()) {
                fail(new Problem.CallerLeft());
            }
        });
    }

    void start() {
        if (held.isPresent()) {
            connect().onSuccess(this::sendHeld).onFailure(this::noAnswer);
            return;
        }
        stream(connect());
    }

    private void stream(Future<HttpClientRequest> connecting) {
        Future<BodyReader.Sink> sink = connecting.map(connected -> {
            begin(connected);
            return connected::write;
        });
        with.bodies.pump(context, sink, with.largest).onSuccess(whole -> sent()).onFailure(failure -> {
            if (failure instanceof ProblemException e) {
                fail(e.problem());
            } else {
                // The server takes no more: what it answers, or that it does not, comes from there.
                awaitAnswer();
            }
        });
    }

    /** Starts, or runs this instead if there is no connection; then nothing of the body was read. */
    void startOr(Runnable unreachable) {
        Future<HttpClientRequest> connecting = connect();
        connecting.onSuccess(connected -> {
            if (held.isPresent()) {
                sendHeld(connected);
            } else {
                stream(connecting);
            }
        });
        connecting.onFailure(failure -> {
            if (!over) {
                end(Verdict.NONE);
                unreachable.run();
            }
        });
    }

    /** Nothing is sent yet: if there is no connection, another server may have the call. */
    private Future<HttpClientRequest> connect() {
        return with.client.request(options()).recover(failure -> {
            if (over) {
                return Future.failedFuture(failure);
            }
            boolean busy = failure instanceof ConnectionPoolTooBusyException;
            tries.ended(busy ? Verdict.NONE : Verdict.FAILURE);
            return tries.another() ? connect() : Future.failedFuture(unreachable(busy, failure));
        });
    }

    private RequestOptions options() {
        String query = request.query() == null ? "" : "?" + request.query();
        return new RequestOptions()
                .setMethod(request.method())
                .setAbsoluteURI(tries.address() + to.pathOf(target.path()) + query)
                .setHeaders(headers);
    }

    private ProblemException unreachable(boolean busy, Throwable failure) {
        Problem problem = busy
                ? new Problem.TooManyCalls(tries.gateway() + " has as many calls as it gets from here: send this one"
                        + " again in a second.")
                : new Problem.BadGateway(tries.gateway() + " cannot be reached (" + Reason.of(failure)
                        + "): send the call again later.");
        return problem.asException();
    }

    private void begin(HttpClientRequest connected) {
        if (over) {
            connected.reset();
            return;
        }
        upstream = Optional.of(connected);
        connected.setChunked(!headers.contains("Content-Length") && held.isEmpty());
        connected.response().onSuccess(this::answered).onFailure(this::noAnswer);
    }

    private void sendHeld(HttpClientRequest connected) {
        begin(connected);
        if (!over) {
            held.filter(body -> body.length() > 0).ifPresent(connected::write);
            sent();
        }
    }

    private void sent() {
        upstream.ifPresent(HttpClientRequest::end);
        awaitAnswer();
    }

    /** From now on, time runs for the answer's beginning, or if that was early, for its end. */
    private void awaitAnswer() {
        bodySent = true;
        if (!over) {
            if (answering) {
                limitAnswer();
            } else {
                limit(with.execTimeout, new Problem.TimedOut(target.name(), with.execTimeout));
            }
        }
    }

    private void noAnswer(Throwable failure) {
        if (over || answering) {
            return;
        }
        tries.ended(Verdict.FAILURE);
        if (refusal.isPresent()) {
            // The other server did not do better.
            relay(refusal.get(), Verdict.FAILURE);
        } else if (failure instanceof ProblemException e) {
            fail(e.problem());
        } else {
            fail(new Problem.BadGateway(tries.gateway() + " ended the connection without an answer ("
                    + Reason.of(failure) + "): the call may have been made, look before sending it again."));
        }
    }

    private void answered(HttpClientResponse response) {
        if (over) {
            return;
        }
        Answer answer = new Answer(tries.gateway(), response);
        Verdict verdict = Verdict.of(response.statusCode(), answer.workflowStep());
        if (held.isPresent() && CallOutcome.isRefusal(response.statusCode(), answer.workflowStep())) {
            tries.ended(verdict);
            if (tries.another()) {
                response.pause();
                refusal = Optional.of(answer);
                connect().onSuccess(this::sendHeld).onFailure(this::noAnswer);
                return;
            }
        }
        refusal.ifPresent(Answer::drop);
        relay(answer, verdict);
    }

    private void relay(Answer answer, Verdict verdict) {
        HttpClientResponse from = answer.response();
        if (from.statusCode() < 200) {
            fail(new Problem.BadGateway(answer.node() + " answered " + from.statusCode() + ", which ends no call."));
            return;
        }
        answering = true;
        HttpServerResponse response = context.response();
        response.setStatusCode(from.statusCode());
        MultiMap kept = ForwardedHeaders.endToEnd(from.headers());
        ForwardedHeaders.answer(kept, response.headers());
        String within = from.getHeader(GatewayClient.NODE);
        response.putHeader(GatewayClient.NODE, within == null ? answer.node() : answer.node() + ", " + within);
        timed();
        boolean bodiless = request.method().equals(HttpMethod.HEAD) || BODILESS.contains(from.statusCode());
        response.setChunked(!bodiless
                && !response.headers().contains("Content-Length")
                && request.version() != HttpVersion.HTTP_1_0);
        if (bodySent) {
            limitAnswer();
        }
        from.pipe()
                .endOnComplete(false)
                .to(response)
                .onSuccess(whole -> finish(from, verdict))
                .onFailure(broken -> fail(
                        new Problem.BadGateway(answer.node() + " broke its answer off (" + Reason.of(broken) + ").")));
    }

    private void finish(HttpClientResponse from, Verdict verdict) {
        if (over) {
            return;
        }
        end(verdict);
        HttpServerResponse response = context.response();
        if (response.isChunked()) {
            MultiMap trailers = ForwardedHeaders.endToEnd(from.trailers());
            trailers.names().forEach(name -> response.putTrailer(name, trailers.getAll(name)));
        }
        response.end();
        if (!bodySent) {
            // Whoever answers without the body has no use for the rest of it.
            upstream.ifPresent(HttpClientRequest::reset);
        }
        with.count(context, target.name(), to, response.getStatusCode(), took());
    }

    private void fail(Problem problem) {
        if (over) {
            return;
        }
        end(Verdict.NONE);
        upstream.ifPresent(HttpClientRequest::reset);
        refusal.ifPresent(Answer::drop);
        if (answering) {
            // Its beginning is gone already: that it is no whole one shows by the connection's end alone.
            LOG.warnf("%s: %s", target.name(), problem.detail());
            Answers.cutOff(context);
        } else {
            timed();
            with.answers.problem(context, problem);
        }
        int status = answering ? context.response().getStatusCode() : problem.status();
        with.count(context, target.name(), to, status, took());
    }

    private void end(Verdict verdict) {
        over = true;
        stopTimer();
        tries.ended(verdict);
        tries.close();
    }

    private void timed() {
        context.response().putHeader("X-Duration-Seconds", Seconds.of(took()));
    }

    private Duration took() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    private void limitAnswer() {
        limit(
                with.writeTimeout,
                new Problem.BadGateway("The answer did not end within " + with.writeTimeout.toSeconds()
                        + " s: raise write_timeout for larger ones."));
    }

    private void limit(Duration time, Problem late) {
        stopTimer();
        timer = OptionalLong.of(context.vertx().setTimer(time.toMillis(), expired -> fail(late)));
    }

    private void stopTimer() {
        timer.ifPresent(context.vertx()::cancelTimer);
        timer = OptionalLong.empty();
    }
}
