package imagefunctions.storage;

import io.minio.Result;
import io.minio.messages.Item;
import java.util.Iterator;
import java.util.Optional;

/**
 * The objects of a bucket in the order of their names, read page by page: memory does not grow with the bucket.
 *
 * <p>Folders, and whatever has no ETag, are skipped.
 */
public final class Listing {
    private final Iterator<Result<Item>> items;
    private final String bucket;

    Listing(String bucket, Iterable<Result<Item>> items) {
        this.bucket = bucket;
        this.items = items.iterator();
    }

    /** The next object, or nothing at the end. */
    public Optional<ListedObject> next() throws ObjectStoreException {
        return Request.ask("listing " + bucket, () -> {
            while (items.hasNext()) {
                Item item = items.next().get();
                String etag = item.isDir() ? "" : ObjectStore.unquoted(item.etag());
                if (!etag.isEmpty() && !ObjectStore.isFolder(item.objectName(), item.size())) {
                    return Optional.of(new ListedObject(
                            item.objectName(),
                            etag,
                            item.size(),
                            item.lastModified().toInstant()));
                }
            }
            return Optional.empty();
        });
    }
}
