package imagefunctions.testservers;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a JVM has loaded and linked of a packaged application (JEP 514), kept beside the application's folder: made before
 * the first test that starts it, and read at every start from then on, in whatever module. It halves what a start costs.
 */
final class AotCache {
    private static final Path PHOTO = Path.of("../../samples/seeding.jpg");
    /** Of the gateway and of the receiver; the other has a 404 for it. */
    private static final List<String> CALLS = List.of("/function/thumbnail", "/messages/photo.jpg");

    private static final int WRITTEN_WITHIN_MINUTES = 3;

    private AotCache() {}

    /** The option that names the cache of a jar that is started by this command. */
    static synchronized String option(List<String> java, Path jar) throws IOException {
        Path cache = jar.toAbsolutePath().resolve("../../application.aot").normalize();
        try (FileChannel file = FileChannel.open(
                        cache.resolveSibling("application.aot.lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                FileLock _ = file.lock()) {
            if (!isOf(jar, cache)) {
                train(java, jar, cache);
            }
        }
        return "-XX:AOTCache=" + cache;
    }

    private static boolean isOf(Path jar, Path cache) throws IOException {
        return Files.exists(cache) && Files.getLastModifiedTime(cache).compareTo(Files.getLastModifiedTime(jar)) >= 0;
    }

    /** Starts it, calls it, and ends it, upon which its JVM writes the cache. */
    private static void train(List<String> java, Path jar, Path cache) throws IOException {
        Path part = cache.resolveSibling("application.aot.part");
        List<String> command = new ArrayList<>(java);
        command.addAll(List.of("-XX:AOTCacheOutput=" + part, "-jar", jar.toString()));
        Map<String, String> environment = new HashMap<>();
        environment.put("QUARKUS_HTTP_PORT", "0");
        environment.put("IMAGE_FUNCTIONS_S3_PORT", "0");
        Path data = cache.resolveSibling("training");
        for (String name : List.of("S3", "SPOOL", "MESSAGES")) {
            environment.put(
                    "IMAGE_FUNCTIONS_" + name + "_FOLDER", data.resolve(name).toString());
        }
        try (Training application = new Training(command, environment);
                HttpClient client = HttpClient.newHttpClient()) {
            application.awaitListening();
            for (String call : CALLS) {
                HttpRequest photo = HttpRequest.newBuilder(application.at(call))
                        .POST(BodyPublishers.ofFile(PHOTO))
                        .build();
                client.send(photo, BodyHandlers.discarding());
            }
            application.terminate();
            if (!application.waitFor(WRITTEN_WITHIN_MINUTES, TimeUnit.MINUTES)) {
                throw new IOException("it did not write its AOT cache: " + application.log());
            }
            Files.move(part, cache, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static final class Training extends ApplicationProcess {
        Training(List<String> command, Map<String, String> environment) throws IOException {
            super(command, environment);
        }
    }
}
