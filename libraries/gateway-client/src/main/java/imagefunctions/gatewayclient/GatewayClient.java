package imagefunctions.gatewayclient;

import imagefunctions.gatewayclient.CallOutcome.Answered;
import imagefunctions.gatewayclient.CallOutcome.Broken;
import imagefunctions.gatewayclient.CallOutcome.TimedOut;
import imagefunctions.retry.TransientStatus;
import imagefunctions.traces.Span;
import imagefunctions.traces.TraceContext;
import imagefunctions.traces.Traces;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Calls functions behind one gateway or several; it follows no redirect and uses no proxy. */
public final class GatewayClient implements AutoCloseable {
    /** The response header that names the gateways that served. */
    public static final String NODE = "X-Gateway-Node";

    /** A host that is gone costs a call this much; one lost packet is repeated after a second. */
    public static final Duration CONNECT = Duration.ofSeconds(2);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .proxy(HttpClient.Builder.NO_PROXY)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final GatewayPool pool;
    private final Optional<Credentials> credentials;
    private final Traces traces;

    public GatewayClient(GatewayChoice choice, Optional<Credentials> credentials) {
        this(new GatewayPool(choice), credentials, Traces.NONE);
    }

    /**
     * A client that shares what is known of gateways with others.
     *
     * @param traces gets a span for each request, of the trace that its headers name
     */
    public GatewayClient(GatewayPool pool, Optional<Credentials> credentials, Traces traces) {
        this.pool = pool;
        this.credentials = credentials;
        this.traces = traces;
    }

    /**
     * Makes the call at one of the gateways, and if that one refuses it or cannot be reached, at one other.
     *
     * @param reading reads the answer's body; applied to each answer
     * @param time for all of it
     * @throws IllegalArgumentException if no request can be made of this
     * @throws InterruptedException if the call was given up
     */
    public <T> CallOutcome<T> call(Gateways gateways, FunctionRequest request, BodyHandler<T> reading, Duration time)
            throws InterruptedException {
        long start = System.nanoTime();
        try (Tries tries = pool.begin(gateways)) {
            CallOutcome<T> outcome = ask(tries, request, reading, time);
            Duration left = time.minusNanos(System.nanoTime() - start);
            if (!outcome.mayFailOver() || !left.isPositive() || !tries.another()) {
                return outcome;
            }
            CallOutcome<T> other = ask(tries, request, reading, left);
            return other.hasStatus() || !outcome.hasStatus() ? other : outcome;
        }
    }

    private <T> CallOutcome<T> ask(Tries tries, FunctionRequest request, BodyHandler<T> reading, Duration time)
            throws InterruptedException {
        Verdict verdict = Verdict.NONE;
        try (Span span = traces.begin(
                Traces.Kind.CLIENT, request.method() + " " + request.path(), TraceContext.of(request::header))) {
            describe(span, tries.gateway(), request);
            HttpRequest traced = request.with(span.context().headers()).at(tries.address(), credentials);
            CallOutcome<T> outcome = exchange(tries.gateway(), traced, reading, time);
            describe(span, outcome);
            verdict = Verdict.of(outcome);
            return outcome;
        } finally {
            tries.ended(verdict);
        }
    }

    private static void describe(Span span, String gateway, FunctionRequest request) {
        span.with("http.request.method", request.method())
                .with("url.path", request.path())
                .with("server.address", gateway);
        request.header(TransientStatus.WORKFLOW_STEP).ifPresent(step -> span.with("workflow.step", step));
    }

    private static <T> void describe(Span span, CallOutcome<T> outcome) {
        switch (outcome) {
            case Answered<T> answered -> span.answered(answered.response().statusCode());
            case Broken<T> broken -> span.failed(String.valueOf(broken.failure().getMessage()));
            case TimedOut<T> t -> span.failed("no whole answer within the time");
        }
    }

    private <T> CallOutcome<T> exchange(String gateway, HttpRequest request, BodyHandler<T> reading, Duration time)
            throws InterruptedException {
        AtomicReference<@Nullable ResponseInfo> begun = new AtomicReference<>();
        var response = http.sendAsync(request, info -> {
            begun.set(info);
            return reading.apply(info);
        });
        try {
            return new Answered<>(gateway, response.get(time.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return new TimedOut<>(gateway);
        } catch (ExecutionException e) {
            return new Broken<>(gateway, Optional.ofNullable(begun.get()), Objects.requireNonNullElse(e.getCause(), e));
        } finally {
            response.cancel(true);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
