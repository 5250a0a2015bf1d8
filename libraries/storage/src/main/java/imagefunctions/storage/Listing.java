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
    private String known = "";
    private long count;

    Listing(String bucket, Iterable<Result<Item>> items) {
        this.bucket = bucket;
        this.items = items.iterator();
    }

    /** The next object, or nothing at the end. */
    public Optional<ListedObject> next() throws ObjectStoreException {
        return Request.ask("listing " + bucket, () -> {
            while (items.hasNext()) {
                Item item = items.next().get();
                requireNew(item.objectName());
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

    /** A store that cannot go on begins again; one name is known at a time, an ever later one, until it comes again. */
    private void requireNew(String name) {
        if (name.equals(known)) {
            throw new IllegalArgumentException("it lists \"" + name + "\" again, without an end");
        }
        if (Long.bitCount(++count) == 1) {
            known = name;
        }
    }
}
