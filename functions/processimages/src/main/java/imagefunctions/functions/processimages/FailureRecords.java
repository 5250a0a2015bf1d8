package imagefunctions.functions.processimages;

import com.fasterxml.jackson.databind.ObjectMapper;
import imagefunctions.buckets.TemporaryFile;
import imagefunctions.storage.Buckets;
import imagefunctions.storage.ListedObject;
import imagefunctions.storage.ObjectInfo;
import imagefunctions.storage.ObjectStore;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Notes about pictures that could not be converted: an object each, under the picture's name, in a bucket of its own. */
@Singleton
final class FailureRecords {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ATTEMPTS = "attempts";
    private static final String NEVER = "never";
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    private final ObjectStore store;
    private final String bucket;
    private final Duration firstWait;

    FailureRecords(ObjectStore store, Buckets buckets, ProcessSettings settings) {
        this.store = store;
        this.bucket = buckets.failed();
        this.firstWait = settings.firstWait();
    }

    /** Keeps why this content could not be converted, and how often it was tried. */
    void keep(String name, String etag, Outcome.Failed failure) throws IOException {
        int attempts = 1 + about(name, etag).map(FailureRecords::attempts).orElse(0);
        String never = String.valueOf(!failure.passing());
        try (TemporaryFile file = new TemporaryFile()) {
            JSON.writerWithDefaultPrettyPrinter()
                    .writeValue(
                            file.path().toFile(),
                            Map.of("name", name, "etag", etag, ATTEMPTS, attempts, "reason", failure.reason()));
            Map<String, String> metadata =
                    Map.of(ObjectInfo.SOURCE_ETAG, etag, ATTEMPTS, String.valueOf(attempts), NEVER, never);
            store.put(bucket, name, file.path(), "application/json", metadata);
        }
    }

    void forget(String name) throws IOException {
        store.delete(bucket, name);
    }

    /**
     * Whether to leave this picture alone now: it never will do, or failed not long enough ago.
     *
     * @param note as listed
     */
    boolean rests(ListedObject picture, ListedObject note) throws IOException {
        return about(picture.name(), picture.etag())
                .map(about -> about.metadata().getOrDefault(NEVER, "").equals("true")
                        || Instant.now().isBefore(note.lastModified().plus(waitAfter(attempts(about)))))
                .orElse(false);
    }

    private Optional<ObjectInfo> about(String name, String etag) throws IOException {
        return store.stat(bucket, name)
                .filter(note -> etag.equals(note.metadata().get(ObjectInfo.SOURCE_ETAG)));
    }

    private static int attempts(ObjectInfo note) {
        String attempts = note.metadata().getOrDefault(ATTEMPTS, "");
        return attempts.matches("[0-9]{1,6}") ? Integer.parseInt(attempts) : 0;
    }

    private Duration waitAfter(int attempts) {
        Duration wait = firstWait;
        for (int i = 1; i < attempts && wait.compareTo(LONGEST_WAIT) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }
}
