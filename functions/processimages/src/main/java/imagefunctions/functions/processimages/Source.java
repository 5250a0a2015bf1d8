package imagefunctions.functions.processimages;

import imagefunctions.storage.ObjectInfo;
import imagefunctions.storage.ObjectStore;
import imagefunctions.storage.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Optional;

/** An object's content to send to a function; it is fetched again for each further gateway. */
final class Source implements AutoCloseable {
    private final ObjectStore store;
    private final String bucket;
    private final ObjectInfo info;
    private Optional<StoredObject> unread;
    private Optional<StoredObject> open;

    private Source(ObjectStore store, String bucket, StoredObject object) {
        this.store = store;
        this.bucket = bucket;
        this.info = object.info();
        this.unread = Optional.of(object);
        this.open = Optional.of(object);
    }

    /** The object with this name, if it exists. */
    static Optional<Source> of(ObjectStore store, String bucket, String name) throws IOException {
        return store.get(bucket, name).map(object -> new Source(store, bucket, object));
    }

    ObjectInfo info() {
        return info;
    }

    /** The content with its length; it can be sent repeatedly. */
    BodyPublisher body() {
        return info.size() == 0
                ? BodyPublishers.noBody()
                : BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(this::content), info.size());
    }

    private synchronized InputStream content() {
        try {
            if (unread.isEmpty()) {
                close();
                open = store.get(bucket, info.name());
                unread = open;
            }
            StoredObject object = unread.filter(it -> it.info().etag().equals(info.etag()))
                    .orElseThrow(() -> new IOException(info.name() + " was replaced in the meantime"));
            unread = Optional.empty();
            return object.content();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (open.isPresent()) {
            open.get().close();
        }
    }
}
