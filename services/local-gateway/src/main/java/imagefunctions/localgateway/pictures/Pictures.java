package imagefunctions.localgateway.pictures;

import imagefunctions.reasons.Reason;
import imagefunctions.runtime.Problem;
import imagefunctions.storage.ObjectInfo;
import imagefunctions.storage.ObjectStore;
import imagefunctions.storage.ObjectStoreException;
import imagefunctions.storage.StoredObject;
import imagefunctions.traces.TraceContext;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;

/** The objects of the store that pictures are made of. */
@Singleton
final class Pictures {
    private final ObjectStore store;

    Pictures(ObjectStore store) {
        this.store = store;
    }

    /** An object that was read. */
    static final class Source {
        final ObjectInfo info;
        final byte[] bytes;

        private Source(ObjectInfo info, byte[] bytes) {
            this.info = info;
            this.bytes = bytes;
        }

        private static Source of(StoredObject object, long size) throws IOException {
            try (object) {
                return new Source(object.info(), object.bytes(size));
            }
        }
    }

    ObjectInfo look(PictureQuery query, Optional<TraceContext> trace) {
        return find(query, () -> store.within(trace).stat(query.bucket(), query.key()));
    }

    /** Reads an object of which this size is known. */
    Source read(PictureQuery query, long size, Optional<TraceContext> trace) {
        return find(query, () -> {
            Optional<StoredObject> found = store.within(trace).get(query.bucket(), query.key());
            return found.isEmpty() ? Optional.empty() : Optional.of(Source.of(found.get(), size));
        });
    }

    private interface Lookup<T> {
        Optional<T> find() throws IOException;
    }

    private static <T> T find(PictureQuery query, Lookup<T> lookup) {
        try {
            return lookup.find().orElseThrow(() -> new Problem.NotFound(
                            "There is no object " + query.key() + " in the bucket " + query.bucket() + ".")
                    .asException());
        } catch (ObjectStoreException e) {
            throw (e.isTransient() ? new Problem.Unavailable(e.getMessage()) : new Problem.BadRequest(e.getMessage()))
                    .asException();
        } catch (IOException e) {
            throw new Problem.Unavailable(query.key() + " cannot be read from the store now: " + Reason.of(e))
                    .asException();
        }
    }
}
