package imagefunctions.localgateway.backends;

import imagefunctions.gatewayclient.Credentials;
import imagefunctions.gatewayclient.GatewayClient;
import imagefunctions.gatewayclient.GatewayPool;
import imagefunctions.gateways.GatewaySettings;
import imagefunctions.runtime.Call;
import imagefunctions.runtime.FunctionPath;
import imagefunctions.runtime.ProblemException;
import imagefunctions.runtime.funqy.CallLimits;
import imagefunctions.runtime.http.Answers;
import imagefunctions.runtime.http.BodyReader;
import imagefunctions.runtime.http.HttpLimits;
import imagefunctions.runtime.http.RequestHeaders;
import imagefunctions.runtime.http.SizeLimit;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Hands requests on to other servers, and their answers back, both as they come. */
@Singleton
final class Forwarder {
    private static final int CONNECTIONS = 1000;
    private static final int HEAD_BYTES = 64 << 10;

    /** Seconds, fewer than servers wait before they close a connection that nobody uses: no call must meet that. */
    private static final int IDLE = 1;

    final HttpClient client;
    final GatewayPool pool;
    final BodyReader bodies;
    final Answers answers;
    final SizeLimit largest;
    final Duration execTimeout;
    final Duration writeTimeout;
    final Optional<Credentials> credentials;
    private final ForwardedCalls calls;

    Forwarder(
            Vertx vertx,
            GatewayPool pool,
            BodyReader bodies,
            Answers answers,
            BackendSettings settings,
            CallLimits callLimits,
            HttpLimits limits,
            GatewaySettings gateways,
            ForwardedCalls calls) {
        this.pool = pool;
        this.bodies = bodies;
        this.answers = answers;
        this.largest = settings.largest();
        this.execTimeout = callLimits.execTimeout();
        this.writeTimeout = limits.writeTimeout();
        this.credentials = gateways.credentials();
        this.calls = calls;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setMaxPoolSize(CONNECTIONS)
                .setMaxWaitQueueSize(0)
                .setConnectTimeout((int) GatewayClient.CONNECT.toMillis())
                .setKeepAliveTimeout(IDLE)
                .setMaxHeaderSize(HEAD_BYTES)
                .setMaxChunkSize(HEAD_BYTES));
    }

    /** Hands a request on, whose body is still on its way. */
    void forward(RoutingContext context, FunctionPath target, Destination to) {
        try {
            MultiMap headers = headers(context, to);
            boolean bodiless = BodyReader.announced(context.request()).orElse(0) == 0
                    && !context.request().headers().contains("Transfer-Encoding");
            Optional<Buffer> held = Optional.of(Buffer.buffer()).filter(empty -> bodiless);
            if (bodiless) {
                bodies.skip(context);
            }
            new Forwarding(this, context, target, to, headers, held).start();
        } catch (ProblemException refused) {
            bodies.refuse(context, refused.problem());
        }
    }

    /**
     * Hands a call on, whose body is there.
     *
     * @param unreachable what to do if there is no connection
     */
    void forward(RoutingContext context, Call call, Destination to, Runnable unreachable) {
        Buffer body = Buffer.buffer(call.body());
        MultiMap headers = headers(context, to).set("Content-Length", Integer.toString(body.length()));
        FunctionPath target = new FunctionPath(call.function(), call.path());
        new Forwarding(this, context, target, to, headers, Optional.of(body)).startOr(unreachable);
    }

    /** The same with a body of which nothing was read. */
    void forward(RoutingContext context, FunctionPath target, Destination to, Runnable unreachable) {
        new Forwarding(this, context, target, to, headers(context, to), Optional.empty()).startOr(unreachable);
    }

    private MultiMap headers(RoutingContext context, Destination to) {
        HttpServerRequest request = context.request();
        MultiMap headers = ForwardedHeaders.of(request.headers(), answers.identify(context), to, credentials);
        Map<String, List<String>> forwarded = RequestHeaders.forwarded(request, Instant.now());
        RequestHeaders.ADDED.forEach(name -> headers.set(name, forwarded.get(name)));
        BodyReader.announced(request).ifPresent(length -> headers.set("Content-Length", Long.toString(length)));
        if (request.headers().contains("TE", "trailers", true)) {
            headers.set("TE", "trailers").set("Connection", "TE");
        }
        return headers;
    }

    /** Counts and logs a call. */
    void count(RoutingContext context, String function, Destination to, int status, Duration took) {
        calls.answered(
                context.request().method().name(),
                function,
                to,
                answers.identify(context),
                context.request().bytesRead(),
                status,
                context.response().bytesWritten(),
                took);
    }

    @PreDestroy
    void close() {
        client.close();
    }
}
