import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes an AOT cache (JEP 514) of a packaged function: starts it, asks what OpenFaaS asks, sends it each of the files,
 * and ends it, upon which its JVM writes what it had loaded and linked. A function that does not start without
 * its surroundings gets no cache, and works all the same.
 *
 * <p>Usage: {@code java Train.java JAVA FUNCTION_JAR CACHE [FILE...]}
 */
final class Train {
    private static final Pattern LISTENING = Pattern.compile("Listening on: (http://[^ ]+)");
    private static final String[] QUESTIONS = {"/_/health", "/_/ready", "/metrics", "/"};
    private static final int CALLS_PER_FILE = 5;

    public static void main(String[] args) throws IOException, InterruptedException {
        Path cache = Path.of(args[2]);
        // With C1 alone: profiles of a training would have C2 compile at every start what is called only then.
        ProcessBuilder builder = new ProcessBuilder(
                args[0], "-XX:TieredStopAtLevel=1", "-XX:AOTCacheOutput=" + cache, "-jar", args[1]);
        builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
        builder.environment().put("QUARKUS_HTTP_PORT", "0");
        Process function = builder.redirectErrorStream(true).start();
        try (BufferedReader log = function.inputReader()) {
            Optional<URI> address = address(log);
            if (address.isPresent()) {
                call(address.get(), args);
            }
            // Not by the process itself, which would close its log.
            function.toHandle().destroy();
            log.lines().forEach(System.out::println);
        }
        if (!function.waitFor(5, TimeUnit.MINUTES)) {
            function.destroyForcibly();
        }
        System.out.println(
                Files.exists(cache)
                        ? "The AOT cache has " + Files.size(cache) + " bytes."
                        : "There is no AOT cache: the function did not start here, its log is above. It will start slower.");
    }

    /** Where the function listens, as its log says; empty if the log ends before. */
    private static Optional<URI> address(BufferedReader log) throws IOException {
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            System.out.println(line);
            Matcher listening = LISTENING.matcher(line);
            if (listening.find()) {
                return Optional.of(URI.create(listening.group(1)));
            }
        }
        return Optional.empty();
    }

    private static void call(URI address, String[] args) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (String question : QUESTIONS) {
                send(client, HttpRequest.newBuilder(address.resolve(question)));
            }
            for (int i = 3; i < args.length; i++) {
                for (int call = 0; call < CALLS_PER_FILE; call++) {
                    send(client, HttpRequest.newBuilder(address).POST(BodyPublishers.ofFile(Path.of(args[i]))));
                }
            }
        }
    }

    private static void send(HttpClient client, HttpRequest.Builder request) throws IOException, InterruptedException {
        int status = client.send(request.build(), BodyHandlers.discarding()).statusCode();
        System.out.println(request.build().method() + " " + request.build().uri() + " " + status);
    }
}
