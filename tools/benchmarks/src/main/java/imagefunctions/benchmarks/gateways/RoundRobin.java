package imagefunctions.benchmarks.gateways;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** One gateway after the other, as a list and a counter do it. */
final class RoundRobin implements Strategy {
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final AtomicInteger next = new AtomicInteger();
    private final List<URI> gateways;

    RoundRobin(List<URI> gateways) {
        this.gateways = gateways;
    }

    @Override
    public void call() throws IOException, InterruptedException {
        URI gateway = gateways.get(Math.floorMod(next.getAndIncrement(), gateways.size()));
        HttpRequest request = HttpRequest.newBuilder(URI.create(gateway + "/function/f"))
                .POST(BodyPublishers.ofString("body"))
                .build();
        int status = client.send(request, BodyHandlers.discarding()).statusCode();
        if (status / 100 != 2) {
            throw new IOException("answered " + status);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
