package imagefunctions.localgateway.buckets;

import com.fasterxml.jackson.databind.ObjectMapper;
import imagefunctions.functions.processimages.ProcessImages;
import imagefunctions.functions.processimages.WebhookToken;
import imagefunctions.runtime.Call;
import imagefunctions.runtime.Reply;
import imagefunctions.runtime.funqy.Functions;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Converts what events missed: at the start, when the store is back, and every few minutes. */
@Singleton
final class Reconciler {
    private static final Logger LOG = Logger.getLogger(Reconciler.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A constant wait, no back-off: it costs the store one listing, and pictures wait for its return. */
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Functions functions;
    private final WebhookToken token;
    private final Duration every;
    private final Semaphore wanted = new Semaphore(1);

    Reconciler(Functions functions, WebhookToken token, BucketSettings settings) {
        Duration every = settings.reconcileEvery();
        if (every.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "IMAGE_FUNCTIONS_RECONCILE_EVERY is " + every + ": set it to 1 ms or more");
        }
        this.functions = functions;
        this.token = token;
        this.every = every;
    }

    /** Starts the next reconcile at once. */
    void runSoon() {
        wanted.release();
    }

    /** Reconciles until it is interrupted. */
    void run() throws InterruptedException {
        boolean works = true;
        while (true) {
            Duration wait = works || every.compareTo(RETRY) < 0 ? every : RETRY;
            boolean _ = wanted.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS);
            wanted.drainPermits();
            Optional<String> failure = reconcileAll();
            if (failure.isEmpty() && !works) {
                LOG.info("Reconciling works again.");
            } else if (failure.isPresent() && works) {
                LOG.warnf(
                        "What events missed cannot be converted now, it is tried every %d s: %s",
                        RETRY.toSeconds(), failure.get());
            }
            works = failure.isEmpty();
        }
    }

    /**
     * One walk through all buckets, in as many calls as it needs.
     *
     * @return why it did not come to its end, if so
     */
    private Optional<String> reconcileAll() throws InterruptedException {
        String after = "";
        while (true) {
            Reply reply = reconcile(after);
            if (reply.status() != 200) {
                return Optional.of(detail(reply));
            }
            log(reply);
            String next = reply.headers().get("X-Reconcile-After");
            String decoded = next == null ? after : URLDecoder.decode(next, StandardCharsets.UTF_8);
            if (decoded.equals(after)) {
                return Optional.empty();
            }
            after = decoded;
        }
    }

    private Reply reconcile(String after) throws InterruptedException {
        Map<String, List<String>> headers = token.authorization()
                .map(shown -> Map.of("Authorization", List.of(shown)))
                .orElse(Map.of());
        byte[] body = JSON.createObjectNode()
                .put("reconcile", true)
                .put("after", after)
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        var answer = functions.call(new Call(
                ProcessImages.NAME,
                "reconcile-" + UUID.randomUUID(),
                "POST",
                "",
                HttpHeaders.of(headers, (name, value) -> true),
                Map.of(),
                body));
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a call always has an answer", e);
        } finally {
            answer.cancel(false);
        }
    }

    private static String detail(Reply problem) {
        try {
            return JSON.readTree(problem.body()).path("detail").asText("");
        } catch (IOException e) {
            throw new IllegalStateException("a problem is always JSON", e);
        }
    }

    private static void log(Reply reply) {
        try {
            int converted = JSON.readTree(reply.body()).size();
            String failed = reply.headers().getOrDefault("X-Failed", "0");
            if (converted > 0 || !failed.equals("0")) {
                LOG.infof("reconcile: %d converted, %s failed", converted, failed);
            }
        } catch (IOException e) {
            throw new IllegalStateException("the function answers with JSON", e);
        }
    }
}
