package imagefunctions.functions.processimages;

import imagefunctions.storage.Buckets;
import imagefunctions.storage.ListedObject;
import imagefunctions.storage.Listing;
import imagefunctions.storage.NameOrder;
import imagefunctions.storage.ObjectInfo;
import imagefunctions.storage.ObjectStore;
import imagefunctions.storage.ObjectStoreException;
import java.io.IOException;
import java.util.Optional;

/**
 * Walks the listings of all three buckets side by side and finds the pictures whose result is missing or old.
 *
 * <p>A result that is younger than its picture is current, since every conversion looks at its picture again after it
 * has stored the result; of the others the ETag is compared.
 */
final class PendingPictures {
    private final ObjectStore store;
    private final Buckets buckets;
    private final FailureRecords notes;
    private final Listing incoming;
    private final Cursor processed;
    private final Cursor failed;
    private String position;
    private String positionBefore;

    /** Begins behind this name; an empty text begins at the first. */
    PendingPictures(ObjectStore store, Buckets buckets, FailureRecords notes, String after) throws IOException {
        this.store = store;
        this.buckets = buckets;
        this.notes = notes;
        this.position = after;
        this.positionBefore = after;
        this.incoming = store.list(buckets.incoming(), after);
        this.processed = new Cursor(store.list(buckets.processed(), after));
        this.failed = new Cursor(store.list(buckets.failed(), after));
    }

    /** The next picture to convert, or nothing at the end, or when the time is up. */
    Optional<String> next(long deadline) throws IOException {
        while (System.nanoTime() < deadline) {
            Optional<ListedObject> picture = incoming.next();
            if (picture.isEmpty()) {
                break;
            }
            positionBefore = position;
            position = picture.get().name();
            if (!isSettled(picture.get())) {
                return Optional.of(position);
            }
        }
        return Optional.empty();
    }

    /** The name up to which all was looked at. */
    String position() {
        return position;
    }

    /** The name before that. */
    String positionBefore() {
        return positionBefore;
    }

    private boolean isSettled(ListedObject picture) throws IOException {
        try {
            return isCurrent(picture) || rests(picture);
        } catch (ObjectStoreException e) {
            if (e.isPassing()) {
                throw e;
            }
            return false;
        }
    }

    private boolean isCurrent(ListedObject picture) throws IOException {
        Optional<ListedObject> result = processed.at(picture.name());
        if (result.isEmpty()) {
            return false;
        }
        return result.get().lastModified().isAfter(picture.lastModified())
                || store.stat(buckets.processed(), picture.name())
                        .map(info -> picture.etag().equals(info.metadata().get(ObjectInfo.SOURCE_ETAG)))
                        .orElse(false);
    }

    private boolean rests(ListedObject picture) throws IOException {
        Optional<ListedObject> note = failed.at(picture.name());
        return note.isPresent() && notes.rests(picture, note.get());
    }

    /** A listing that is read no further than needed. */
    private static final class Cursor {
        private final Listing listing;
        private Optional<ListedObject> here;

        Cursor(Listing listing) throws IOException {
            this.listing = listing;
            this.here = listing.next();
        }

        /** The object of this name, if it is listed; names are asked for in their order. */
        Optional<ListedObject> at(String name) throws IOException {
            while (here.isPresent() && NameOrder.BY_UTF8.compare(here.get().name(), name) < 0) {
                here = listing.next();
            }
            return here.filter(object -> object.name().equals(name));
        }
    }
}
