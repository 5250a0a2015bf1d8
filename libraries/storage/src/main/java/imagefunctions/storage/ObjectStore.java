package imagefunctions.storage;

import imagefunctions.traces.TraceContext;
import imagefunctions.traces.Traces;
import io.minio.BucketExistsArgs;
import io.minio.CloseableIterator;
import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.Http;
import io.minio.ListObjectsArgs;
import io.minio.ListenBucketNotificationArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.StatObjectArgs;
import io.minio.UploadObjectArgs;
import io.minio.messages.NotificationRecords;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;

/** An S3-compatible object store; safe for use by many threads. */
public final class ObjectStore implements AutoCloseable {
    private static final String USER_METADATA = "x-amz-meta-";
    private static final String ANY_BYTES = "application/octet-stream";
    private static final String CREATED = "s3:ObjectCreated:*";

    /** A stream of events is silent as long as nothing is uploaded. */
    private static final Duration EVENTS_READ_TIMEOUT = Duration.ofMinutes(5);

    private final ObjectStoreSettings settings;
    private final Traces traces;
    private final OkHttpClient http;
    private final MinioClient client;

    /** A store whose requests are no spans; does not connect yet. */
    public ObjectStore(ObjectStoreSettings settings) {
        this(settings, Traces.NONE);
    }

    /**
     * Does not connect yet.
     *
     * @param traces of the requests that are made {@link #within} a trace
     */
    public ObjectStore(ObjectStoreSettings settings, Traces traces) {
        this(settings, traces, transport(settings, settings.readTimeout()), true);
    }

    private ObjectStore(ObjectStoreSettings settings, Traces traces, OkHttpClient http, boolean owned) {
        this.settings = settings;
        this.traces = traces;
        this.http = http;
        this.client = client(settings, http, owned);
    }

    /** The same store by the same connections, for requests that are part of a trace; it need not be closed. */
    public ObjectStore within(Optional<TraceContext> trace) {
        return trace.map(parent -> http.newBuilder()
                        .addInterceptor(new StoreSpans(traces, parent))
                        .build())
                .map(traced -> new ObjectStore(settings, traces, traced, false))
                .orElse(this);
    }

    private static MinioClient client(ObjectStoreSettings settings, OkHttpClient http, boolean owned) {
        return MinioClient.builder()
                .endpoint(settings.endpoint().toString())
                .httpClient(http, owned)
                .credentials(settings.accessKey(), settings.secretKey())
                // Without one, the client asks the store before every first call to a bucket.
                .region(settings.region())
                .build();
    }

    private static OkHttpClient transport(ObjectStoreSettings settings, Duration readTimeout) {
        return transport(settings.endpoint())
                // What was sent and not answered is not sent again unseen.
                .retryOnConnectionFailure(false)
                // Shorter than servers keep one, often five seconds: a request on one that they close would fail.
                .connectionPool(new ConnectionPool(5, 3, TimeUnit.SECONDS))
                .connectTimeout(settings.connectTimeout())
                .writeTimeout(settings.readTimeout())
                .readTimeout(readTimeout)
                .build();
    }

    /** MinIO's default reads every certificate of the system, which takes up to seconds: only for TLS. */
    private static OkHttpClient.Builder transport(URI endpoint) {
        return "https".equals(endpoint.getScheme())
                ? Http.newDefaultClient().newBuilder()
                : new OkHttpClient.Builder()
                        .protocols(List.of(Protocol.HTTP_1_1))
                        .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT));
    }

    /** What is known about an object, or nothing if there is none of that name. */
    public Optional<ObjectInfo> stat(String bucket, String name) throws ObjectStoreException {
        return find(
                bucket,
                name,
                () -> info(
                        name,
                        client.statObject(StatObjectArgs.builder()
                                        .bucket(bucket)
                                        .object(name)
                                        .build())
                                .headers()));
    }

    /** An object with its content, or nothing if there is none of that name. */
    public Optional<StoredObject> get(String bucket, String name) throws ObjectStoreException {
        return find(bucket, name, () -> {
            GetObjectResponse found = client.getObject(
                    GetObjectArgs.builder().bucket(bucket).object(name).build());
            return new StoredObject(info(name, found.headers()), found);
        });
    }

    /**
     * Stores a file under this name, in place of what was there; readers see the old object or the whole new one.
     *
     * @param contentType as somebody else states it: what no store takes is left out
     */
    public void put(String bucket, String name, Path file, String contentType, Map<String, String> metadata)
            throws ObjectStoreException {
        requireWhole(name);
        Request.ask(
                "storing " + bucket + "/" + name,
                () -> client.uploadObject(UploadObjectArgs.builder()
                        .bucket(bucket)
                        .object(name)
                        .filename(file.toString())
                        .contentType(storable(contentType))
                        .userMetadata(metadata)
                        .build()));
    }

    /** A media type in ASCII (RFC 9110, 8.3.1): that one, the same without parameters, or that of any bytes. */
    private static String storable(String contentType) {
        return Stream.of(contentType, contentType.split(";", 2)[0].strip())
                .filter(type -> type.matches("[\\t -~]+") && MediaType.parse(type) != null)
                .findFirst()
                .orElse(ANY_BYTES);
    }

    /** Stores bytes under this name, in place of what was there; readers see the old object or the whole new one. */
    public void put(String bucket, String name, InputStream content, long size, String contentType)
            throws ObjectStoreException {
        Request.ask(
                "storing " + bucket + "/" + name,
                () -> client.putObject(
                        object(bucket, name, content, size, contentType).build()));
    }

    /**
     * Stores bytes under this name unless there is an object (RFC 9110, 13.1.2); a store that looks before it writes may
     * let two writers at the same moment both succeed.
     *
     * @return whether they were stored
     */
    public boolean create(String bucket, String name, InputStream content, long size, String contentType)
            throws ObjectStoreException {
        try {
            Request.ask(
                    "storing " + bucket + "/" + name,
                    () -> client.putObject(object(bucket, name, content, size, contentType)
                            .extraHeaders(Map.of("If-None-Match", "*"))
                            .build()));
            return true;
        } catch (ObjectStoreException e) {
            if (Failures.isTaken(e)) {
                return false;
            }
            throw e;
        }
    }

    /** One request, not an upload in parts: a condition holds for one request. */
    private static PutObjectArgs.Builder object(
            String bucket, String name, InputStream content, long size, String contentType) {
        return PutObjectArgs.builder().bucket(bucket).object(name).contentType(contentType).stream(
                content, size, Math.max(size, PutObjectArgs.MIN_MULTIPART_SIZE));
    }

    /** Deletes an object; there may be none. */
    public void delete(String bucket, String name) throws ObjectStoreException {
        requireWhole(name);
        Request.ask("deleting " + bucket + "/" + name, () -> {
            client.removeObject(
                    RemoveObjectArgs.builder().bucket(bucket).object(name).build());
            return bucket;
        });
    }

    /**
     * Lists a bucket.
     *
     * @param after the name to go on behind, or an empty text
     */
    public Listing list(String bucket, String after) {
        return list(bucket, "", after);
    }

    /** Lists the objects whose names begin with a prefix. */
    public Listing listBelow(String bucket, String prefix) {
        return list(bucket, prefix, "");
    }

    /**
     * Lists the objects whose names begin with a prefix.
     *
     * @param after the name to go on behind, or an empty text
     */
    public Listing list(String bucket, String prefix, String after) {
        ListObjectsArgs.Builder args = ListObjectsArgs.builder()
                .bucket(bucket)
                .prefix(prefix)
                .recursive(true)
                .maxKeys(1000);
        return new Listing(bucket, client.listObjects((after.isEmpty() ? args : args.startAfter(after)).build()));
    }

    public boolean hasBucket(String bucket) throws ObjectStoreException {
        return Request.ask(
                "looking for " + bucket,
                () -> client.bucketExists(
                        BucketExistsArgs.builder().bucket(bucket).build()));
    }

    /** Makes the buckets that are not there. */
    public void makeBuckets(List<String> buckets) throws ObjectStoreException {
        for (String bucket : buckets) {
            if (!hasBucket(bucket)) {
                makeBucket(bucket);
            }
        }
    }

    private void makeBucket(String bucket) throws ObjectStoreException {
        try {
            Request.ask("making " + bucket, () -> {
                client.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
                return bucket;
            });
        } catch (ObjectStoreException e) {
            // Another may have made it meanwhile.
            if (!hasBucket(bucket)) {
                throw e;
            }
        }
    }

    /**
     * Listens for new objects, as MinIO's servers let clients do, until the connection ends; some events may be lost.
     *
     * @param listening is run once the store answers
     * @return false if the store does not support listening
     * @throws ObjectStoreException if the store could not be reached
     */
    public boolean listen(String bucket, Runnable listening, Consumer<ObjectEvent> events) throws ObjectStoreException {
        ListenBucketNotificationArgs args = ListenBucketNotificationArgs.builder()
                .bucket(bucket)
                .prefix("")
                .suffix("")
                .events(new String[] {CREATED})
                .build();
        try (CloseableIterator<Result<NotificationRecords>> stream = Request.ask(
                "listening to " + bucket, () -> client(settings, transport(settings, EVENTS_READ_TIMEOUT), true)
                        .listenBucketNotification(args))) {
            listening.run();
            while (Request.ask("listening to " + bucket, stream::hasNext)) {
                Request.ask("reading an event of " + bucket, () -> stream.next().get().events().stream()
                                .map(ObjectEvent::of)
                                .toList())
                        .forEach(events);
            }
            return true;
        } catch (ObjectStoreException e) {
            if (Failures.isUnknownRequest(e)) {
                return false;
            }
            throw e;
        } catch (IOException e) {
            throw new ObjectStoreException("The object store broke off the events of " + bucket + ".", e);
        }
    }

    /** The client would ask for another object, and not say so. */
    private static void requireWhole(String key) throws ObjectStoreException {
        Optional<String> fault = ObjectKeys.fault(key);
        if (fault.isPresent()) {
            throw new ObjectStoreException(fault.get(), new IllegalArgumentException(fault.get()));
        }
    }

    private static <T> Optional<T> find(String bucket, String name, Request<T> request) throws ObjectStoreException {
        requireWhole(name);
        try {
            return Optional.of(Request.ask("reading " + bucket + "/" + name, request));
        } catch (ObjectStoreException e) {
            if (Failures.isMissing(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static ObjectInfo info(String name, Headers headers) {
        Map<String, String> metadata = new HashMap<>();
        for (int i = 0; i < headers.size(); i++) {
            String key = headers.name(i).toLowerCase(Locale.ROOT);
            if (key.startsWith(USER_METADATA)) {
                metadata.put(key.substring(USER_METADATA.length()), headers.value(i));
            }
        }
        String type = headers.get(Http.Headers.CONTENT_TYPE);
        String length = headers.get("Content-Length");
        Instant modified = headers.getInstant("Last-Modified");
        return new ObjectInfo(
                name,
                unquoted(headers.get("ETag")),
                length == null ? 0 : Long.parseLong(length),
                type == null ? ANY_BYTES : type,
                modified == null ? Instant.EPOCH : modified,
                metadata);
    }

    /** Whether this is what graphical clients store to show a folder. */
    public static boolean isFolder(String name, long size) {
        return size == 0 && name.endsWith("/");
    }

    static String unquoted(@Nullable String etag) {
        return etag == null ? "" : etag.replace("\"", "");
    }

    @Override
    public void close() throws IOException {
        try {
            client.close();
        } catch (Exception e) {
            throw new IOException("the client of the object store cannot be closed", e);
        }
    }
}
