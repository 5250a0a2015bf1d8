import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes an AOT cache (JEP 514) of a packaged function, unless it is there: starts the function, asks what OpenFaaS asks,
 * sends it each of the files, and ends it, upon which its JVM writes what it had loaded and linked. A function that does
 * not start without its surroundings gets no cache, and works all the same.
 *
 * <p>Usage: {@code java Train.java FUNCTION_JAR CACHE [FILES_FOLDER]}
 */
final class Train {
    private static final Pattern LISTENING = Pattern.compile("Listening on: (http://[^ ]+)");
    private static final String[] QUESTIONS = {"/_/health", "/_/ready", "/metrics"};
    private static final int CALLS_PER_FILE = 5;

    public static void main(String[] args) throws IOException, InterruptedException {
        Path cache = Path.of(args[1]);
        if (Files.exists(cache)) {
            System.out.println("There is an AOT cache already: " + cache);
            return;
        }
        Path part = cache.resolveSibling(cache.getFileName() + "." + ProcessHandle.current().pid());
        // Without profiles: a method that a training compiled with C1 would never be compiled with C2.
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:-AOTRecordTraining",
                "-XX:AOTCacheOutput=" + part,
                "-jar",
                args[0]);
        builder.environment()
                .putAll(Map.of(
                        "QUARKUS_HTTP_HOST", "127.0.0.1", "QUARKUS_HTTP_PORT", "0", "QUARKUS_SHUTDOWN_DELAY", "0s"));
        Process function = builder.redirectErrorStream(true).start();
        try (BufferedReader log = function.inputReader()) {
            Optional<URI> address = address(log);
            if (address.isPresent()) {
                call(address.get(), args.length < 3 ? List.of() : files(Path.of(args[2])));
            }
            // Not by the process itself, which would close its log.
            function.toHandle().destroy();
            log.lines().forEach(System.out::println);
        }
        if (!function.waitFor(5, TimeUnit.MINUTES)) {
            function.destroyForcibly();
        }
        if (Files.exists(part)) {
            Files.move(part, cache, StandardCopyOption.ATOMIC_MOVE);
            System.out.println("The AOT cache has " + Files.size(cache) + " bytes.");
        } else {
            System.out.println(
                    "There is no AOT cache: the function did not start here, its log is above. It will start slower.");
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
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

    private static void call(URI address, List<Path> files) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (String question : QUESTIONS) {
                send(client, HttpRequest.newBuilder(address.resolve(question)));
            }
            for (Path file : files) {
                for (int call = 0; call < CALLS_PER_FILE; call++) {
                    send(client, HttpRequest.newBuilder(address).POST(BodyPublishers.ofFile(file)));
                }
            }
        }
    }

    private static void send(HttpClient client, HttpRequest.Builder request) throws IOException, InterruptedException {
        int status = client.send(request.build(), BodyHandlers.discarding()).statusCode();
        System.out.println(request.build().method() + " " + request.build().uri() + " " + status);
    }
}
