package imagefunctions.localgateway.backends;

import imagefunctions.gatewayclient.Gateways;
import imagefunctions.runtime.Call;
import imagefunctions.runtime.FunctionPath;
import imagefunctions.runtime.funqy.Load;
import imagefunctions.runtime.funqy.Overflow;
import imagefunctions.runtime.http.BodyReader;
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
import java.util.function.Consumer;

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
        offer(
                context,
                new Offered(call.function(), call.body().length),
                to -> forwarder.forward(context, call, to, declined),
                declined);
    }

    /** Of a body that does not say its length, nobody knows whether it finds room elsewhere. */
    @Override
    public void offerUnread(RoutingContext context, FunctionPath target, Runnable declined) {
        offer(
                context,
                new Offered(
                        target.name(), BodyReader.announced(context.request()).orElse(1)),
                to -> forwarder.forward(context, target, to, declined),
                declined);
    }

    private record Offered(String function, long bytes) {}

    private void offer(RoutingContext context, Offered offered, Consumer<Destination> taken, Runnable declined) {
        if (peers.isEmpty() || context.request().headers().contains(ForwardedHeaders.HOPS)) {
            declined.run();
            return;
        }
        List<URI> some = new ArrayList<>(peers.get().addresses());
        Collections.shuffle(some, ThreadLocalRandom.current());
        List<Future<Asked>> asked = some.stream()
                .limit(ASKED)
                .map(peer -> ask(peer, offered.function()))
                .toList();
        Future.join(asked).onComplete(all -> asked.stream()
                .filter(Future::succeeded)
                .map(Future::result)
                .filter(answer -> !answer.load().isFull() && answer.memory() >= offered.bytes())
                .min(Comparator.comparingDouble(answer ->
                        (double) answer.load().inFlight() / answer.load().threads()))
                .ifPresentOrElse(
                        best -> taken.accept(
                                Destination.behind(new Gateways(List.of(best.peer())), offered.function())),
                        declined));
    }

    private record Asked(URI peer, Load load, long memory) {}

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
                .map(body -> asked(peer, body.toJsonObject()));
    }

    private static Future<Buffer> body(HttpClientResponse response) {
        String length = Objects.requireNonNullElse(response.getHeader("Content-Length"), "");
        if (response.statusCode() != 200 || !length.matches("\\d{1,9}") || Long.parseLong(length) > ANSWER_BYTES) {
            response.request().reset();
            return Future.failedFuture("the peer does not say how busy it is");
        }
        return response.body();
    }

    private static Asked asked(URI peer, JsonObject load) {
        int threads = load.getInteger("threads", 0);
        if (threads < 1) {
            throw new DecodeException("no threads");
        }
        return new Asked(
                peer,
                new Load(load.getInteger("inFlight", 0), threads, load.getInteger("free", 0)),
                load.getLong("memory", Long.MAX_VALUE));
    }
}
