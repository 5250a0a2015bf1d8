package imagefunctions.functions.processimages;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import imagefunctions.buckets.TemporaryFile;
import imagefunctions.functions.processimages.rules.Rule;
import imagefunctions.retry.Backoff;
import imagefunctions.storage.Buckets;
import imagefunctions.storage.ListedObject;
import imagefunctions.storage.ObjectInfo;
import imagefunctions.storage.ObjectStore;
import imagefunctions.storage.StoredObject;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Records of failed conversions: one object per picture and rule, under their names, in a bucket of their own. */
@Singleton
final class FailureRecords {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ATTEMPTS = "attempts";
    private static final String REASON = "reason";
    private static final int LARGEST_RECORD = 1 << 20;
    private static final String PERMANENT = "never";
    private static final String UNASKABLE = "unaskable/";
    private static final Duration MAX_BACKOFF = Duration.ofDays(1);

    private final ObjectStore store;
    private final String bucket;
    private final Backoff backoff;

    @Inject
    FailureRecords(ObjectStore store, Buckets buckets, ProcessSettings settings) {
        this(store, buckets.failed(), Backoff.capped(settings.initialBackoff(), MAX_BACKOFF));
    }

    private FailureRecords(ObjectStore store, String bucket, Backoff backoff) {
        this.store = store;
        this.bucket = bucket;
        this.backoff = backoff;
    }

    /** The same records, asked for on a caller's behalf. */
    FailureRecords of(Caller caller) {
        return new FailureRecords(caller.store(), bucket, backoff);
    }

    String bucket() {
        return bucket;
    }

    /** Saves why this content could not be converted so, and the number of attempts. */
    void save(Item item, String etag, Outcome.Failed failure) throws IOException {
        String target = target(item.order().rule());
        int attempts = 1
                + record(key(item), etag, target).map(FailureRecords::attempts).orElse(0);
        save(key(item), etag, target, attempts, failure);
    }

    private void save(String key, String etag, String target, int attempts, Outcome.Failed failure) throws IOException {
        String permanent = String.valueOf(!failure.isTransient());
        try (TemporaryFile file = new TemporaryFile()) {
            JSON.writerWithDefaultPrettyPrinter()
                    .writeValue(
                            file.path().toFile(),
                            Map.of("name", failure.name(), "etag", etag, ATTEMPTS, attempts, REASON, failure.reason()));
            Map<String, String> metadata = Map.of(
                    ObjectInfo.SOURCE_ETAG,
                    etag,
                    ObjectInfo.FUNCTION,
                    target,
                    ATTEMPTS,
                    String.valueOf(attempts),
                    PERMANENT,
                    permanent);
            store.put(bucket, key, file.path(), "application/json", metadata);
        }
    }

    /**
     * Notes, once, that no request can be made of a name, nor a record under it.
     *
     * @return whether that was not noted before
     */
    boolean noteUnaskable(String name, String reason) throws IOException {
        String record = UNASKABLE + UUID.nameUUIDFromBytes(name.getBytes(UTF_8));
        boolean isNew = store.stat(bucket, record).isEmpty();
        if (isNew) {
            save(record, "", "", 1, new Outcome.Failed(name, reason, false));
        }
        return isNew;
    }

    void delete(Item item) throws IOException {
        store.delete(bucket, key(item));
    }

    private static String key(Item item) {
        return item.order().rule().scope() + item.key();
    }

    private static String target(Rule rule) {
        return rule.target().toString();
    }

    /**
     * Whether not to retry this picture now: its failure is permanent, or its backoff has not elapsed. There is no
     * jitter, since the time is computed at every reconcile. That of another function, or of other parameters, does not
     * count.
     *
     * @param failure the record, as listed
     */
    boolean isBackingOff(Order order, ListedObject picture, ListedObject failure) throws IOException {
        return record(failure.name(), picture.etag(), target(order.rule()))
                .map(record -> record.metadata().getOrDefault(PERMANENT, "").equals("true")
                        || isWithin(backoff.after(attempts(record)), failure.lastModified()))
                .orElse(false);
    }

    /** Not if that time is still to come: the clock was put back meanwhile, here or at the store. */
    private static boolean isWithin(Duration wait, Instant since) {
        Duration age = Duration.between(since, Instant.now());
        return !age.isNegative() && age.compareTo(wait) < 0;
    }

    /** Why a rule's function could not convert this picture, if so. */
    Optional<String> reason(Rule rule, ListedObject picture) throws IOException {
        String key = rule.scope() + picture.name();
        if (record(key, picture.etag(), target(rule)).isEmpty()) {
            return Optional.empty();
        }
        Optional<StoredObject> found = store.get(bucket, key);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (StoredObject record = found.get()) {
            return Optional.of(JSON.readTree(record.content().readNBytes(LARGEST_RECORD))
                    .path(REASON)
                    .asText());
        }
    }

    private Optional<ObjectInfo> record(String key, String etag, String target) throws IOException {
        return store.stat(bucket, key)
                .filter(record -> etag.equals(record.metadata().get(ObjectInfo.SOURCE_ETAG)))
                .filter(record -> target.equals(record.metadata().get(ObjectInfo.FUNCTION)));
    }

    private static int attempts(ObjectInfo record) {
        String attempts = record.metadata().getOrDefault(ATTEMPTS, "");
        return attempts.matches("[0-9]{1,6}") ? Integer.parseInt(attempts) : 0;
    }
}
