package imagefunctions.benchmarks.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** A process that serves the functions under {@code /function/}. */
final class Server implements AutoCloseable {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String name;
    private final URI address;
    private final ProcessHandle process;

    Server(String name, String address, String pid) {
        this.name = name;
        this.address = URI.create(address);
        this.process = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    String name() {
        return name;
    }

    byte[] call(String function, byte[] photo) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/function/" + function))
                .POST(BodyPublishers.ofByteArray(photo))
                .build();
        HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IOException(name + " answered " + response.statusCode() + " to " + function);
        }
        return response.body();
    }

    /** Seconds that its process has computed so far, in steps of a hundredth. */
    double cpuSeconds() {
        return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
    }

    @Override
    public void close() {
        client.close();
    }
}
