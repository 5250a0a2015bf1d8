package imagefunctions.benchmarks.soak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Fetches what the receiver keeps and deletes it there, as somebody who works with it does, so that neither its disk nor its memory
 * fills with what is done. A message stays for a time in which the same one would be sent again, and be recognised.
 */
final class Collector {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration KEPT = Duration.ofSeconds(60);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper mapper = new ObjectMapper();
    private final URI receiver;
    /** The calls whose messages are at the receiver, and since when as far as is known. */
    private final Map<String, Long> present = new HashMap<>();

    private final Set<String> collected = new HashSet<>();
    private final AtomicInteger seen = new AtomicInteger();
    private int twice;

    Collector(URI receiver) {
        this.receiver = receiver;
    }

    /** Goes through all messages. */
    synchronized void collect() throws IOException, InterruptedException {
        Set<String> inThisPass = new HashSet<>();
        for (String next = "/messages?limit=200"; !next.isEmpty(); ) {
            JsonNode page = mapper.readTree(
                    send(HttpRequest.newBuilder(receiver.resolve(next))).body());
            Map<String, CompletableFuture<HttpResponse<Void>>> deletions = new HashMap<>();
            for (JsonNode message : page.path("messages")) {
                String call = message.path("callId").asText();
                if (!inThisPass.add(call) || collected.contains(call)) {
                    twice++;
                } else if (isOld(call)) {
                    deletions.put(call, delete(message.path("url").asText()));
                }
            }
            for (Map.Entry<String, CompletableFuture<HttpResponse<Void>>> deletion : deletions.entrySet()) {
                await(deletion.getValue());
                collected.add(deletion.getKey());
                present.remove(deletion.getKey());
            }
            next = page.path("next").asText("");
        }
    }

    private boolean isOld(String call) {
        long since = present.computeIfAbsent(call, first -> {
            seen.incrementAndGet();
            return System.nanoTime();
        });
        return System.nanoTime() - since > KEPT.toNanos();
    }

    private CompletableFuture<HttpResponse<Void>> delete(String url) {
        HttpRequest request = HttpRequest.newBuilder(receiver.resolve(url))
                .timeout(PATIENCE)
                .DELETE()
                .build();
        return client.sendAsync(request, BodyHandlers.discarding());
    }

    private static void await(CompletableFuture<HttpResponse<Void>> deletion) throws IOException {
        try {
            deletion.join();
        } catch (CompletionException e) {
            throw new IOException(e);
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
    }

    /** How many calls' messages have been there; does not wait for a pass to end. */
    int seen() {
        return seen.get();
    }

    synchronized boolean has(String call) {
        return collected.contains(call) || present.containsKey(call);
    }

    /** How many messages were there that had been there before. */
    synchronized int twice() {
        return twice;
    }
}
