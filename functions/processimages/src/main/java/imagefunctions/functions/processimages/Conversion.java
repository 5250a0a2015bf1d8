package imagefunctions.functions.processimages;

import imagefunctions.buckets.TemporaryFile;
import imagefunctions.storage.Buckets;
import imagefunctions.storage.ObjectInfo;
import imagefunctions.storage.ObjectStore;
import imagefunctions.storage.ObjectStoreException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Converts one object; idempotent, and the latest content wins. */
@Singleton
final class Conversion {
    private static final int MAX_ROUNDS = 3;

    private final ObjectStore store;
    private final Buckets buckets;
    private final FunctionClient functions;
    private final FailureRecords failures;
    private final long maxBytes;

    Conversion(
            ObjectStore store,
            Buckets buckets,
            FunctionClient functions,
            FailureRecords failures,
            ProcessSettings settings) {
        this.store = store;
        this.buckets = buckets;
        this.functions = functions;
        this.failures = failures;
        this.maxBytes = settings.maxBytes();
    }

    Outcome of(String name, Target target, String callId) throws InterruptedException {
        try {
            // An object that was replaced in the meantime must have its result replaced, too.
            for (int i = 0; i < MAX_ROUNDS; i++) {
                Outcome outcome = round(name, target, callId);
                if (!(outcome instanceof Outcome.Processed)) {
                    return outcome;
                }
                if (isCurrent(name)) {
                    failures.delete(name);
                    return outcome;
                }
            }
            return new Outcome.Failed(name, "It kept being replaced during the conversion: call again.", true);
        } catch (ObjectStoreException e) {
            return new Outcome.Failed(name, e.getMessage(), e.isTransient());
        } catch (IOException e) {
            return new Outcome.Failed(name, String.valueOf(e.getMessage()), true);
        }
    }

    private Outcome round(String name, Target target, String callId) throws IOException, InterruptedException {
        Optional<ObjectInfo> source = store.stat(buckets.incoming(), name);
        if (source.isEmpty()) {
            return new Outcome.Gone(name);
        }
        if (source.get().metadata().containsKey(ObjectInfo.SOURCE_ETAG)) {
            return new Outcome.Ignored(name, "It is itself a result: its metadata has source-etag.");
        }
        if (ObjectStore.isFolder(name, source.get().size())) {
            return new Outcome.Ignored(name, "It is a folder.");
        }
        if (result(name, source.get().etag()).filter(target::accepts).isPresent()) {
            return new Outcome.Skipped(name);
        }
        if (source.get().size() > maxBytes) {
            return failed(
                    source.get(),
                    "It is larger than IMAGE_FUNCTIONS_MAX_BODY allows: "
                            + source.get().size()
                            + " bytes.",
                    false);
        }
        Optional<Source> content = Source.of(store, buckets.incoming(), name);
        if (content.isEmpty()) {
            return new Outcome.Gone(name);
        }
        try (Source open = content.get();
                TemporaryFile result = new TemporaryFile()) {
            return switch (functions.call(target, open, callId, result.path())) {
                case FunctionAnswer.Failure failure -> failed(open.info(), failure.reason(), failure.isTransient());
                case FunctionAnswer.Picture picture -> {
                    Map<String, String> metadata =
                            Map.of(ObjectInfo.SOURCE_ETAG, open.info().etag(), ObjectInfo.FUNCTION, target.toString());
                    store.put(buckets.processed(), name, result.path(), picture.type(), metadata);
                    yield new Outcome.Processed(name, picture.bytes(), picture.type(), picture.gateway());
                }
            };
        }
    }

    private Outcome failed(ObjectInfo source, String reason, boolean isTransient) throws IOException {
        Outcome.Failed failure = new Outcome.Failed(source.name(), reason, isTransient);
        failures.save(source.name(), source.etag(), failure);
        return failure;
    }

    private boolean isCurrent(String name) throws IOException {
        Optional<ObjectInfo> source = store.stat(buckets.incoming(), name);
        return source.isEmpty() || result(name, source.get().etag()).isPresent();
    }

    /** The result for the content with this ETag. */
    private Optional<ObjectInfo> result(String name, String etag) throws IOException {
        return store.stat(buckets.processed(), name)
                .filter(result -> etag.equals(result.metadata().get(ObjectInfo.SOURCE_ETAG)));
    }
}
