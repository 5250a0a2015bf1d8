import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/** Sends a photo through a function: java Call.java URL PHOTO RESULT, with the URL of a function and its parameters. */
final class Call {
    private static final int ATTEMPTS = 5;
    // No room for this call just now: the same call may have it later. After 408, 502 or 504 it may have been made already.
    private static final Set<Integer> TRY_AGAIN = Set.of(429, 503);

    public static void main(String[] args) throws Exception {
        if (args.length != 3) {
            System.err.println("usage: java Call.java URL PHOTO RESULT");
            System.exit(2);
        }
        HttpResponse<byte[]> answer = call(URI.create(args[0]), Path.of(args[1]));
        if (answer.statusCode() != 200) {
            // application/problem+json (RFC 9457): every error says what to do next, and which call it was.
            System.err.println(new String(answer.body()));
            System.exit(1);
        }
        Files.write(Path.of(args[2]), answer.body());
    }

    private static HttpResponse<byte[]> call(URI function, Path photo) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(function)
                .timeout(Duration.ofMinutes(2))
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofFile(photo))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
            for (int attempt = 1; attempt < ATTEMPTS && TRY_AGAIN.contains(answer.statusCode()); attempt++) {
                Thread.sleep(Duration.ofSeconds(
                        answer.headers().firstValueAsLong("Retry-After").orElse(1)));
                answer = client.send(request, BodyHandlers.ofByteArray());
            }
            return answer;
        }
    }
}
