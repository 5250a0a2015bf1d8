package imagefunctions.benchmarks.async;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Gateways over HTTP, asked in turn, which also make each call that they take in. */
final class Gateway implements Queue {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String name;
    private final List<URI> gateways;
    private final AtomicInteger calls = new AtomicInteger();

    /** Shown as this name. */
    Gateway(String name, List<URI> gateways) {
        this.name = name;
        this.gateways = gateways;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void put(byte[] body) throws IOException, InterruptedException {
        URI gateway = gateways.get(calls.getAndIncrement() % gateways.size());
        HttpRequest request = HttpRequest.newBuilder(gateway.resolve("/async-function/draft"))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 202) {
            throw new IOException("The gateway answered " + answer.statusCode() + ": " + answer.body());
        }
    }

    @Override
    public void rest() throws IOException, InterruptedException {
        while (!(idle("queued") && idle("running"))) {
            Thread.sleep(200);
        }
    }

    private boolean idle(String state) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        gateways.getFirst().resolve("/system/async?limit=1&state=" + state))
                .build();
        return !client.send(request, BodyHandlers.ofString()).body().contains("callId");
    }

    @Override
    public void close() {
        client.close();
    }
}
