package imagefunctions.gatewayclient;

import imagefunctions.gatewayclient.CallOutcome.Answered;
import imagefunctions.gatewayclient.CallOutcome.Broken;
import imagefunctions.gatewayclient.CallOutcome.TimedOut;
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

    public GatewayClient(GatewayChoice choice, Optional<Credentials> credentials) {
        this(new GatewayPool(choice), credentials);
    }

    /** A client that shares what is known of gateways with others. */
    public GatewayClient(GatewayPool pool, Optional<Credentials> credentials) {
        this.pool = pool;
        this.credentials = credentials;
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
        try {
            CallOutcome<T> outcome = exchange(tries.gateway(), request.at(tries.address(), credentials), reading, time);
            verdict = Verdict.of(outcome);
            return outcome;
        } finally {
            tries.ended(verdict);
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
