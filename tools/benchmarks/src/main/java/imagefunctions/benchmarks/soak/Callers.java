package imagefunctions.benchmarks.soak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;

/** Calls of every kind, each kind repeated by threads of its own until they are interrupted. */
final class Callers {
    private static final List<String> FUNCTIONS = List.of("draft", "bw", "thumbnail", "transpose");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI gateway;
    private final URI receiver;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Map<Integer, AtomicLong> statuses = new ConcurrentSkipListMap<>();
    private final AtomicLong unanswered = new AtomicLong();
    private final LongAccumulator longest = new LongAccumulator(Math::max, 0);

    Callers(URI gateway, URI receiver) {
        this.gateway = gateway;
        this.receiver = receiver;
    }

    /** A call that somebody waits for. */
    int call(byte[] picture) throws InterruptedException {
        String function = FUNCTIONS.get(ThreadLocalRandom.current().nextInt(FUNCTIONS.size()));
        return send(request(gateway.resolve("/function/" + function), picture).build());
    }

    /** The same, whose time to an answer is kept. */
    void callInTime(byte[] picture) throws InterruptedException {
        long start = System.nanoTime();
        if (call(picture) == 200) {
            longest.accumulate(System.nanoTime() - start);
        }
    }

    /** A call whose result goes to the receiver. */
    void callLater(byte[] picture) throws InterruptedException {
        String id = "soak-" + numbers.incrementAndGet();
        int status = send(request(gateway.resolve("/async-function/draft"), picture)
                .header("X-Call-Id", id)
                .header(
                        "X-Callback-Url",
                        receiver.resolve("/messages/" + id + ".jpg").toString())
                .build());
        if (status == 202) {
            acknowledged.add(id);
        }
    }

    private static HttpRequest.Builder request(URI uri, byte[] picture) {
        return HttpRequest.newBuilder(uri).timeout(PATIENCE).POST(BodyPublishers.ofByteArray(picture));
    }

    /** The status of the answer; 0 if there was none, which is to be expected of a process that was killed. */
    private int send(HttpRequest request) throws InterruptedException {
        try {
            int status = client.send(request, BodyHandlers.ofByteArray()).statusCode();
            statuses.computeIfAbsent(status, any -> new AtomicLong()).incrementAndGet();
            if (status == 429 || status >= 500) {
                Thread.sleep(100);
            }
            return status;
        } catch (IOException e) {
            unanswered.incrementAndGet();
            Thread.sleep(100);
            return 0;
        }
    }

    /** Whether no call waits or runs; a page may be empty and yet not the last, where calls moved on meanwhile. */
    boolean allFinished() throws IOException, InterruptedException {
        for (String state : List.of("queued", "running")) {
            JsonNode page = json(gateway.resolve("/system/async?limit=1&state=" + state));
            if (!page.path("calls").isEmpty() || page.hasNonNull("next")) {
                return false;
            }
        }
        return true;
    }

    private JsonNode json(URI uri) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
        return new ObjectMapper()
                .readTree(client.send(request, BodyHandlers.ofString()).body());
    }

    Set<String> acknowledged() {
        return acknowledged;
    }

    /** How many answers there were of each status. */
    Map<Integer, AtomicLong> statuses() {
        return statuses;
    }

    long answered() {
        return statuses.values().stream().mapToLong(AtomicLong::get).sum();
    }

    long unanswered() {
        return unanswered.get();
    }

    Duration longest() {
        return Duration.ofNanos(longest.get());
    }
}
