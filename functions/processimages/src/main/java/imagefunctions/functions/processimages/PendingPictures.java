package imagefunctions.functions.processimages;

import imagefunctions.storage.Buckets;
import imagefunctions.storage.ListedObject;
import imagefunctions.storage.Listing;
import imagefunctions.storage.NameOrder;
import imagefunctions.storage.ObjectInfo;
import imagefunctions.storage.ObjectKeys;
import imagefunctions.storage.ObjectStore;
import java.io.IOException;
import java.util.Optional;

/**
 * Finds the pictures whose result is missing or outdated by merging the listings of all three buckets.
 *
 * <p>A result newer than its picture is current, since every conversion checks its picture again after storing the
 * result; otherwise the ETags are compared.
 */
final class PendingPictures {
    private final ObjectStore store;
    private final Buckets buckets;
    private final FailureRecords failures;
    private final Listing incoming;
    private final Cursor processed;
    private final Cursor failed;
    private String position;
    private String positionBefore;

    /** Starts after this name; an empty string starts at the first one. */
    PendingPictures(ObjectStore store, Buckets buckets, FailureRecords failures, String after) throws IOException {
        this.store = store;
        this.buckets = buckets;
        this.failures = failures;
        this.position = after;
        this.positionBefore = after;
        this.incoming = store.list(buckets.incoming(), after);
        this.processed = new Cursor(store.list(buckets.processed(), after));
        this.failed = new Cursor(store.list(buckets.failed(), after));
    }

    /** The next picture to convert; empty at the end, or after the deadline. */
    Optional<String> next(long deadline) throws IOException {
        while (System.nanoTime() < deadline) {
            Optional<ListedObject> picture = incoming.next();
            if (picture.isEmpty()) {
                break;
            }
            positionBefore = position;
            position = picture.get().name();
            if (!needsNoConversion(picture.get())) {
                return Optional.of(position);
            }
        }
        return Optional.empty();
    }

    /** The name of the last picture examined. */
    String position() {
        return position;
    }

    /** The name of the picture before that. */
    String positionBefore() {
        return positionBefore;
    }

    private boolean needsNoConversion(ListedObject picture) throws IOException {
        Optional<String> fault = ObjectKeys.fault(picture.name());
        if (fault.isPresent()) {
            return !failures.noteUnaskable(picture.name(), fault.get());
        }
        return isCurrent(picture) || isBackingOff(picture);
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

    private boolean isBackingOff(ListedObject picture) throws IOException {
        Optional<ListedObject> failure = failed.at(picture.name());
        return failure.isPresent() && failures.isBackingOff(picture, failure.get());
    }

    /** A listing that is read only as far as needed. */
    private static final class Cursor {
        private final Listing listing;
        private Optional<ListedObject> current;

        Cursor(Listing listing) throws IOException {
            this.listing = listing;
            this.current = listing.next();
        }

        /** The object with this name, if it is listed; names must be requested in ascending order. */
        Optional<ListedObject> at(String name) throws IOException {
            while (current.isPresent()
                    && NameOrder.BY_UTF8.compare(current.get().name(), name) < 0) {
                current = listing.next();
            }
            return current.filter(object -> object.name().equals(name));
        }
    }
}
