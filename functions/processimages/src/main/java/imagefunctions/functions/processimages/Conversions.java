package imagefunctions.functions.processimages;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import imagefunctions.functions.processimages.rules.Route;
import imagefunctions.functions.processimages.rules.Rule;
import imagefunctions.storage.ListedObject;
import imagefunctions.storage.Listing;
import imagefunctions.storage.ObjectInfo;
import imagefunctions.storage.ObjectKeys;
import imagefunctions.storage.ObjectStore;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What became of the pictures of a rule. */
@Singleton
public final class Conversions {
    /** How many keys are looked at for a page: a rule may take few of its bucket's. */
    private static final int MOST_LOOKED_AT = 10_000;

    private final ObjectStore store;
    private final FailureRecords failures;

    Conversions(ObjectStore store, FailureRecords failures) {
        this.store = store;
        this.failures = failures;
    }

    public enum State {
        /** Its result was made of it as it is. */
        CURRENT,
        /** Its result was made of what it was before. */
        OUTDATED,
        /** There is no result yet. */
        WAITING,
        FAILED;

        @JsonValue
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** An object by its key. */
    public record Stored(String bucket, String key, long size, Instant modified) {}

    /**
     * A picture of a rule's bucket.
     *
     * @param reason why it could not be converted, if so
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Pair(State state, Stored picture, Optional<Stored> result, Optional<String> reason) {}

    /**
     * A part of the list, by key.
     *
     * @param next the key to go on behind, if there is more
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Page(List<Pair> pairs, Optional<String> next) {}

    /** A page of the pictures that a route of this rule takes, as far as their keys say. */
    public Page page(Rule rule, Route route, String after, int limit) throws IOException {
        List<Pair> pairs = new ArrayList<>();
        Listing pictures = store.list(route.from().bucket(), route.from().prefix(), after);
        String last = after;
        for (int i = 0; i < MOST_LOOKED_AT; i++) {
            Optional<ListedObject> picture = pictures.next();
            if (picture.isEmpty()) {
                return new Page(pairs, Optional.empty());
            }
            if (pairs.size() == limit) {
                break;
            }
            last = picture.get().name();
            if (route.from().takes(last)) {
                pairs.add(pair(rule, route, picture.get()));
            }
        }
        return new Page(pairs, Optional.of(last));
    }

    private Pair pair(Rule rule, Route route, ListedObject picture) throws IOException {
        Stored source = new Stored(route.from().bucket(), picture.name(), picture.size(), picture.lastModified());
        Optional<String> fault = ObjectKeys.fault(picture.name());
        if (fault.isPresent()) {
            return new Pair(State.FAILED, source, Optional.empty(), fault);
        }
        Optional<ObjectInfo> result = store.stat(route.to(), route.key().of(picture.name()));
        boolean current = result.map(info -> info.metadata().get(ObjectInfo.SOURCE_ETAG))
                .filter(picture.etag()::equals)
                .isPresent();
        Optional<String> reason = current ? Optional.empty() : failures.reason(rule, picture);
        State state = current
                ? State.CURRENT
                : reason.isPresent() ? State.FAILED : result.isPresent() ? State.OUTDATED : State.WAITING;
        return new Pair(
                state,
                source,
                result.map(info -> new Stored(route.to(), info.name(), info.size(), info.lastModified())),
                reason);
    }
}
