package imagefunctions.functions.processimages;

import imagefunctions.buckets.TemporaryFile;
import imagefunctions.functions.processimages.rules.Route;
import imagefunctions.functions.processimages.rules.Rule;
import imagefunctions.functions.processimages.rules.Rules;
import imagefunctions.storage.ObjectInfo;
import imagefunctions.storage.ObjectStore;
import imagefunctions.storage.ObjectStoreException;
import java.io.IOException;
import java.util.Optional;

/** Converts objects on a caller's behalf, each by one rule; idempotent, and the latest content wins. */
final class Conversion {
    private static final int MAX_ROUNDS = 3;

    private final Caller caller;
    private final ObjectStore store;
    private final Rules rules;
    private final FunctionClient functions;
    private final FailureRecords failures;
    private final long maxBytes;

    Conversion(Caller caller, Rules rules, FunctionClient functions, FailureRecords failures, long maxBytes) {
        this.caller = caller;
        this.store = caller.store();
        this.rules = rules;
        this.functions = functions;
        this.failures = failures.of(caller);
        this.maxBytes = maxBytes;
    }

    Outcome of(Item item) throws InterruptedException {
        String name = item.key();
        try {
            // An object that was replaced in the meantime must have its result replaced, too.
            for (int i = 0; i < MAX_ROUNDS; i++) {
                Outcome outcome = round(item);
                if (!(outcome instanceof Outcome.Processed)) {
                    return outcome;
                }
                if (isCurrent(item)) {
                    failures.delete(item);
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

    private Outcome round(Item item) throws IOException, InterruptedException {
        String name = item.key();
        Route route = item.order().route();
        Optional<ObjectInfo> source = store.stat(route.from().bucket(), name);
        if (source.isEmpty()) {
            return new Outcome.Gone(name);
        }
        Optional<String> unfit = rules.unfit(route, source.get());
        if (unfit.isPresent()) {
            return new Outcome.Ignored(name, unfit.get());
        }
        Optional<ObjectInfo> old = result(item);
        Optional<Origin> other = old.isPresent() ? other(item, old.get()) : Optional.empty();
        if (other.isPresent()) {
            return failed(
                    item,
                    source.get().etag(),
                    route.to() + "/" + old.get().name() + " is already the result of "
                            + other.get().bucket() + "/" + other.get().key() + " by the rule \""
                            + other.get().rule() + "\": give the rule \""
                            + item.order().rule().name() + "\" another key.",
                    false);
        }
        if (old.filter(result ->
                        isOf(source.get().etag(), result) && item.order().accepts(result))
                .isPresent()) {
            return new Outcome.Skipped(name);
        }
        if (source.get().size() > maxBytes) {
            return failed(
                    item,
                    source.get().etag(),
                    "It is larger than IMAGE_FUNCTIONS_MAX_BODY allows: "
                            + source.get().size()
                            + " bytes.",
                    false);
        }
        Optional<Source> content = Source.of(store, route.from().bucket(), name);
        if (content.isEmpty()) {
            return new Outcome.Gone(name);
        }
        try (Source open = content.get();
                TemporaryFile result = new TemporaryFile()) {
            String etag = open.info().etag();
            return switch (functions.call(item.order().rule().target(), open, caller, result.path())) {
                case FunctionAnswer.Failure failure -> failed(item, etag, failure.reason(), failure.isTransient());
                case FunctionAnswer.Picture picture -> {
                    store.put(
                            route.to(),
                            route.key().of(name),
                            result.path(),
                            picture.type(),
                            Origin.metadata(item, etag));
                    yield new Outcome.Processed(name, picture.bytes(), picture.type(), picture.gateway());
                }
            };
        }
    }

    private Outcome failed(Item item, String etag, String reason, boolean isTransient) throws IOException {
        Outcome.Failed failure = new Outcome.Failed(item.key(), reason, isTransient);
        failures.save(item, etag, failure);
        return failure;
    }

    private boolean isCurrent(Item item) throws IOException {
        Optional<ObjectInfo> source = store.stat(item.order().route().from().bucket(), item.key());
        return source.isEmpty()
                || result(item)
                        .filter(result -> isOf(source.get().etag(), result))
                        .isPresent();
    }

    private Optional<ObjectInfo> result(Item item) throws IOException {
        Route route = item.order().route();
        return store.stat(route.to(), route.key().of(item.key()));
    }

    private static boolean isOf(String etag, ObjectInfo result) {
        return etag.equals(result.metadata().get(ObjectInfo.SOURCE_ETAG));
    }

    /** What the result was made from, if that is something else, and would be made again in this place. */
    private Optional<Origin> other(Item item, ObjectInfo result) throws IOException {
        Optional<Origin> other = Origin.of(result)
                .filter(origin -> !origin.equals(Origin.of(item)))
                .filter(origin -> rules.named(origin.rule())
                        .flatMap(Rule::route)
                        .filter(route ->
                                origin.leadsTo(route, item.order().route().to(), result.name()))
                        .isPresent());
        return other.isPresent()
                        && store.stat(other.get().bucket(), other.get().key()).isPresent()
                ? other
                : Optional.empty();
    }
}
