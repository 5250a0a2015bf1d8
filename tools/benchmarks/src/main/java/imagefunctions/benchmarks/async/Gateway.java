package imagefunctions.benchmarks.async;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** The gateway over HTTP, which also makes each call that it takes in. */
final class Gateway implements Queue {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String name;
    private final URI gateway;

    /** Shown as this name. */
    Gateway(String name, URI gateway) {
        this.name = name;
        this.gateway = gateway;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void put(byte[] body) throws IOException, InterruptedException {
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
        HttpRequest request = HttpRequest.newBuilder(gateway.resolve("/system/async?limit=1&state=" + state))
                .build();
        return !client.send(request, BodyHandlers.ofString()).body().contains("callId");
    }

    @Override
    public void close() {
        client.close();
    }
}
