package imagefunctions.functions.processimages;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import imagefunctions.functions.processimages.rules.Route;
import imagefunctions.functions.processimages.rules.Rule;
import imagefunctions.functions.processimages.rules.Rules;
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
    /** Of how many of them the store is asked: one that the rule does not take for its type takes two requests. */
    private static final int MOST_ASKED_OF = 500;

    private final ObjectStore store;
    private final Rules rules;
    private final FailureRecords failures;

    Conversions(ObjectStore store, Rules rules, FailureRecords failures) {
        this.store = store;
        this.rules = rules;
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

    /** A page of the pictures that a route of this rule takes. */
    public Page page(Rule rule, Route route, String after, int limit) throws IOException {
        List<Pair> pairs = new ArrayList<>();
        Listing pictures = store.list(route.from().bucket(), route.from().prefix(), after);
        String last = after;
        for (int looked = 0, asked = 0; looked < MOST_LOOKED_AT && asked < MOST_ASKED_OF; looked++) {
            Optional<ListedObject> picture = pictures.next();
            if (picture.isEmpty()) {
                return new Page(pairs, Optional.empty());
            }
            if (pairs.size() == limit) {
                break;
            }
            last = picture.get().name();
            if (route.from().takes(last)) {
                pair(rule, route, picture.get()).ifPresent(pairs::add);
                asked++;
            }
        }
        return new Page(pairs, Optional.of(last));
    }

    /** Nothing for an object that is not one to convert. */
    private Optional<Pair> pair(Rule rule, Route route, ListedObject picture) throws IOException {
        Stored source = new Stored(route.from().bucket(), picture.name(), picture.size(), picture.lastModified());
        Optional<String> fault = ObjectKeys.fault(picture.name());
        if (fault.isPresent()) {
            return Optional.of(new Pair(State.FAILED, source, Optional.empty(), fault));
        }
        Optional<ObjectInfo> result = store.stat(route.to(), route.key().of(picture.name()));
        boolean current = result.map(info -> info.metadata().get(ObjectInfo.SOURCE_ETAG))
                .filter(picture.etag()::equals)
                .isPresent();
        if (!current && isUnfit(route, picture)) {
            return Optional.empty();
        }
        Optional<String> reason = current ? Optional.empty() : failures.reason(rule, picture);
        State state = current
                ? State.CURRENT
                : reason.isPresent() ? State.FAILED : result.isPresent() ? State.OUTDATED : State.WAITING;
        return Optional.of(new Pair(
                state,
                source,
                result.map(info -> new Stored(route.to(), info.name(), info.size(), info.lastModified())),
                reason));
    }

    private boolean isUnfit(Route route, ListedObject picture) throws IOException {
        return store.stat(route.from().bucket(), picture.name())
                .filter(info -> rules.unfit(route, info).isPresent())
                .isPresent();
    }
}
