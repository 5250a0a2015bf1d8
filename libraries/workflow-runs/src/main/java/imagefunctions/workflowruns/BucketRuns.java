package imagefunctions.workflowruns;

import imagefunctions.storage.ListedObject;
import imagefunctions.storage.Listing;
import imagefunctions.storage.ObjectStore;
import imagefunctions.storage.StoredObject;
import imagefunctions.traces.TraceContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Runs in a bucket of any S3 store: an object {@code ID.run/DOCUMENT} for every document. */
public final class BucketRuns implements RunStore {
    private static final String BEHIND_ID = ".run/";
    /** Sorts behind every document of a run. */
    private static final String PAST = ".run0";

    private static final String TYPE = "application/octet-stream";

    private final Supplier<ObjectStore> store;
    private final String bucket;
    private final AtomicBoolean made;

    /**
     * Runs in this bucket, which is made if it is missing.
     *
     * @param store is asked for when the first run is
     */
    public BucketRuns(Supplier<ObjectStore> store, String bucket) {
        this(store, bucket, new AtomicBoolean());
    }

    private BucketRuns(Supplier<ObjectStore> store, String bucket, AtomicBoolean made) {
        this.store = store;
        this.bucket = bucket;
        this.made = made;
    }

    @Override
    public RunStore within(Optional<TraceContext> trace) {
        return new BucketRuns(() -> store.get().within(trace), bucket, made);
    }

    private ObjectStore store() throws IOException {
        if (!made.get()) {
            store.get().makeBuckets(List.of(bucket));
            made.set(true);
        }
        return store.get();
    }

    @Override
    public boolean create(String run, String document, byte[]... content) throws IOException {
        return store().create(bucket, key(run, document), stream(content), size(content), TYPE);
    }

    @Override
    public void replace(String run, String document, byte[]... content) throws IOException {
        store().put(bucket, key(run, document), stream(content), size(content), TYPE);
    }

    private static String key(String run, String document) {
        return run + BEHIND_ID + document;
    }

    private static InputStream stream(byte[]... content) {
        return new SequenceInputStream(Collections.enumeration(
                Arrays.stream(content).map(ByteArrayInputStream::new).toList()));
    }

    private static long size(byte[]... content) {
        return Arrays.stream(content).mapToLong(bytes -> bytes.length).sum();
    }

    @Override
    public Optional<InputStream> open(String run, String document) throws IOException {
        return store().get(bucket, key(run, document)).map(StoredObject::content);
    }

    @Override
    public void delete(String run, String document) throws IOException {
        store().delete(bucket, key(run, document));
    }

    @Override
    public List<Document> documents(String run) throws IOException {
        Listing listing = store().listBelow(bucket, run + BEHIND_ID);
        List<Document> documents = new ArrayList<>();
        for (Optional<ListedObject> next = listing.next(); next.isPresent(); next = listing.next()) {
            documents.add(document(run, next.get()));
        }
        return documents;
    }

    private static Document document(String run, ListedObject object) {
        return new Document(
                object.name().substring(run.length() + BEHIND_ID.length()), object.size(), object.lastModified());
    }

    @Override
    public List<Stored> runs(String after, int limit) throws IOException {
        Listing listing = store().list(bucket, after.isEmpty() ? "" : after + PAST);
        List<Stored> runs = new ArrayList<>();
        List<Document> documents = new ArrayList<>();
        String current = "";
        for (Optional<ListedObject> next = listing.next(); next.isPresent(); next = listing.next()) {
            int end = next.get().name().indexOf(BEHIND_ID);
            if (end < 1) {
                continue;
            }
            String run = next.get().name().substring(0, end);
            if (!run.equals(current) && !current.isEmpty()) {
                runs.add(new Stored(current, documents));
                if (runs.size() == limit) {
                    return runs;
                }
                documents = new ArrayList<>();
            }
            current = run;
            documents.add(document(run, next.get()));
        }
        if (!current.isEmpty()) {
            runs.add(new Stored(current, documents));
        }
        return runs;
    }
}
