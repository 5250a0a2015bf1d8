package imagefunctions.functions.processimages;

import imagefunctions.functions.processimages.rules.Route;
import imagefunctions.storage.ListedObject;
import imagefunctions.storage.Listing;
import imagefunctions.storage.NameOrder;
import imagefunctions.storage.ObjectInfo;
import imagefunctions.storage.ObjectKeys;
import imagefunctions.storage.ObjectStore;
import java.io.IOException;
import java.util.Optional;

/**
 * Finds the pictures of a rule whose result is missing or outdated, by merging the listings of all three buckets.
 *
 * <p>A result newer than its picture is current, since every conversion checks its picture again after storing the
 * result; otherwise the ETags are compared. Where results are listed in another order than their pictures, each is asked
 * for by its key.
 */
final class PendingPictures {
    private final ObjectStore store;
    private final Order order;
    private final Route route;
    private final FailureRecords failures;
    private final Listing incoming;
    private final Optional<Cursor> processed;
    private final Cursor failed;
    private String position;
    private String positionBefore;

    /** Starts after this name; an empty string starts at the first one. */
    PendingPictures(ObjectStore store, FailureRecords failures, Order order, String after) throws IOException {
        this.store = store;
        this.order = order;
        this.route = order.route();
        this.failures = failures;
        this.position = after;
        this.positionBefore = after;
        this.incoming = store.list(route.from().bucket(), route.from().prefix(), after);
        this.processed = route.key().keepsOrder()
                ? Optional.of(cursor(route.to(), route.key().of(""), after))
                : Optional.empty();
        this.failed = cursor(failures.bucket(), order.rule().scope(), after);
    }

    /** What belongs to the pictures, under their names with something before them. */
    private Cursor cursor(String bucket, String before, String after) throws IOException {
        return new Cursor(store.list(bucket, before + route.from().prefix(), after.isEmpty() ? "" : before + after));
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
            if (route.from().takes(position) && !needsNoConversion(picture.get())) {
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
        String key = route.key().of(picture.name());
        if (processed.isPresent()) {
            Optional<ListedObject> result = processed.get().at(key);
            if (result.isEmpty()) {
                return false;
            }
            if (result.get().lastModified().isAfter(picture.lastModified())) {
                return true;
            }
        }
        return store.stat(route.to(), key)
                .map(info -> picture.etag().equals(info.metadata().get(ObjectInfo.SOURCE_ETAG)))
                .orElse(false);
    }

    private boolean isBackingOff(ListedObject picture) throws IOException {
        Optional<ListedObject> failure = failed.at(order.rule().scope() + picture.name());
        return failure.isPresent() && failures.isBackingOff(order, picture, failure.get());
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
