package imagefunctions.localgateway.messages;

import imagefunctions.reasons.Reason;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.http.Answers;
import imagefunctions.runtime.http.BodyReader;
import imagefunctions.runtime.http.HttpLimits;
import io.smallrye.config.ConfigMapping;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code /system/messages}: reading and deleting the messages of the receiver, which has a port of its own. */
@Singleton
final class MessagesRoute {
    private static final String PREFIX = "/system";
    private static final String MESSAGES = PREFIX + "/messages*";
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "DELETE");
    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final int HIGHEST_PORT = 65535;
    private static final int CONNECT_MS = 2000;
    private static final int CONNECTIONS = 20;

    /** What of its answers concerns the reader; the rest is between the two servers. */
    private static final List<String> PASSED_ON = List.of(
            "Content-Type",
            "Content-Length",
            "Content-Disposition",
            "Content-Security-Policy",
            "Cache-Control",
            "Retry-After",
            "Allow");

    private final Optional<URI> receiver;
    private final HttpClient client;
    private final HttpLimits limits;
    private final Answers answers;
    private final BodyReader bodies;

    @ConfigMapping(prefix = "image-functions")
    interface Environment {
        /** Where the callback receiver is. */
        Optional<URI> receiver();
    }

    MessagesRoute(Vertx vertx, Environment environment, HttpLimits limits, Answers answers, BodyReader bodies) {
        this.receiver = environment.receiver().map(MessagesRoute::checked);
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(CONNECT_MS).setMaxPoolSize(CONNECTIONS));
        this.limits = limits;
        this.answers = answers;
        this.bodies = bodies;
    }

    private static URI checked(URI address) {
        boolean http = address.getHost() != null && SCHEMES.contains(String.valueOf(address.getScheme()));
        if (!http || address.getPort() > HIGHEST_PORT) {
            throw new IllegalArgumentException("IMAGE_FUNCTIONS_RECEIVER is \"" + address
                    + "\": set it to its URL, such as http://127.0.0.1:5000");
        }
        return address;
    }

    void routes(@Observes Router router) {
        router.route(MESSAGES).handler(this::pass);
    }

    private void pass(RoutingContext context) {
        HttpServerRequest request = context.request();
        String method = request.method().name();
        if (!METHODS.contains(method)) {
            bodies.refuse(
                    context,
                    new Problem.MethodNotAllowed(
                            method, "GET, HEAD, DELETE", "messages are sent to the receiver itself"));
        } else if (receiver.isEmpty()) {
            bodies.refuse(
                    context,
                    new Problem.NotFound(
                            "This gateway knows no callback receiver: set IMAGE_FUNCTIONS_RECEIVER to its URL,"
                                    + " such as http://127.0.0.1:5000."));
        } else {
            bodies.skip(context);
            answers.identify(context);
            ask(context, receiver.get())
                    .compose(answer -> relay(answer, context.response()))
                    .onFailure(failure -> broken(context, failure));
        }
    }

    private Future<HttpClientResponse> ask(RoutingContext context, URI address) {
        HttpServerRequest request = context.request();
        // Not as it was sent: //other/../messages would name another server.
        String path = context.normalizedPath().substring(PREFIX.length());
        String query = request.query() == null ? "" : "?" + request.query();
        return client.request(new RequestOptions()
                        .setMethod(request.method())
                        .setAbsoluteURI(address.toString().replaceFirst("/+$", "") + path + query)
                        .setIdleTimeout(limits.writeTimeout().toMillis()))
                .compose(asked -> {
                    request.response().closeHandler(left -> asked.reset());
                    return asked.send();
                });
    }

    private static Future<Void> relay(HttpClientResponse answer, HttpServerResponse response) {
        response.setStatusCode(answer.statusCode());
        for (String name : PASSED_ON) {
            Optional.ofNullable(answer.getHeader(name)).ifPresent(value -> response.putHeader(name, value));
        }
        response.setChunked(!response.headers().contains("Content-Length") && answer.statusCode() != 204);
        return answer.pipeTo(response);
    }

    private void broken(RoutingContext context, Throwable failure) {
        if (context.response().headWritten()) {
            Answers.cutOff(context);
        } else {
            answers.problem(
                    context,
                    new Problem.BadGateway("The callback receiver cannot be reached (" + Reason.of(failure)
                            + "): start it, or set IMAGE_FUNCTIONS_RECEIVER to its URL."));
        }
    }

    @PreDestroy
    void close() {
        client.close();
    }
}
