package imagefunctions.localgateway.backends;

import imagefunctions.gatewayclient.Gateways;
import imagefunctions.runtime.Call;
import imagefunctions.runtime.funqy.Load;
import imagefunctions.runtime.funqy.Overflow;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Passes a call for which there is no room on to another gateway: to the less loaded of two that are asked at random. */
@Singleton
final class Peers implements Overflow {
    private static final int ASKED = 2;
    private static final long ANSWER_MILLIS = 1000;
    private static final long ANSWER_BYTES = 4096;

    private final Optional<Gateways> peers;
    private final Forwarder forwarder;

    Peers(BackendSettings settings, Forwarder forwarder) {
        this.peers = settings.peers();
        this.forwarder = forwarder;
    }

    @Override
    public void offer(RoutingContext context, Call call, Runnable declined) {
        if (peers.isEmpty() || context.request().headers().contains(ForwardedHeaders.HOPS)) {
            declined.run();
            return;
        }
        List<URI> some = new ArrayList<>(peers.get().addresses());
        Collections.shuffle(some, ThreadLocalRandom.current());
        List<Future<Asked>> asked = some.stream()
                .limit(ASKED)
                .map(peer -> ask(peer, call.function()))
                .toList();
        Future.join(asked).onComplete(all -> asked.stream()
                .filter(Future::succeeded)
                .map(Future::result)
                .filter(answer -> !answer.load().isFull())
                .min(Comparator.comparingDouble(answer ->
                        (double) answer.load().inFlight() / answer.load().threads()))
                .ifPresentOrElse(
                        best -> forwarder.forward(
                                context,
                                call,
                                Destination.behind(new Gateways(List.of(best.peer())), call.function()),
                                declined),
                        declined));
    }

    private record Asked(URI peer, Load load) {}

    private Future<Asked> ask(URI peer, String function) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(peer + LoadApi.PATH + function)
                .setTimeout(ANSWER_MILLIS);
        forwarder.credentials.ifPresent(own -> options.putHeader("Authorization", own.header()));
        return forwarder
                .client
                .request(options)
                .compose(HttpClientRequest::send)
                .compose(Peers::body)
                .map(body -> new Asked(peer, load(body)));
    }

    private static Future<Buffer> body(HttpClientResponse response) {
        String length = Objects.requireNonNullElse(response.getHeader("Content-Length"), "");
        if (response.statusCode() != 200 || !length.matches("\\d{1,9}") || Long.parseLong(length) > ANSWER_BYTES) {
            response.request().reset();
            return Future.failedFuture("the peer does not say how busy it is");
        }
        return response.body();
    }

    private static Load load(Buffer body) {
        JsonObject load = body.toJsonObject();
        int threads = load.getInteger("threads", 0);
        if (threads < 1) {
            throw new DecodeException("no threads");
        }
        return new Load(load.getInteger("inFlight", 0), threads, load.getInteger("free", 0));
    }
}
