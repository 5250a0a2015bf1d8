package imagefunctions.functions.processimages.rules;

import imagefunctions.storage.Buckets;
import imagefunctions.storage.ObjectInfo;
import imagefunctions.storage.ObjectStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All rules, in the order of their file; none feeds itself. */
public final class Rules {
    private final List<Rule> all;

    Rules(List<Rule> all) {
        this.all = List.copyOf(all);
    }

    /** What holds without a file: every picture that comes in goes through one function. */
    public static Rules builtIn(Target target, Buckets buckets) {
        return new Rules(List.of(Rule.of(Rule.BUILT_IN, target, route(buckets))));
    }

    /** The way that pictures take where nobody says otherwise. */
    public static Route route(Buckets buckets) {
        return new Route(Selection.all(buckets.incoming()), buckets.processed(), KeyPattern.SAME);
    }

    public List<Rule> all() {
        return all;
    }

    public Optional<Rule> named(String name) {
        return all.stream().filter(rule -> rule.name().equals(name)).findFirst();
    }

    public Set<String> names() {
        return all.stream().map(Rule::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The rules that a bucket feeds. */
    public List<Rule> fed() {
        return all.stream().filter(rule -> rule.route().isPresent()).toList();
    }

    /** Whether a rule takes this object, as far as its key says. */
    public boolean take(String bucket, String key) {
        return routes().map(Route::from).anyMatch(from -> from.bucket().equals(bucket) && from.takes(key));
    }

    /** The buckets whose objects are taken. */
    public Set<String> sources() {
        return routes().map(route -> route.from().bucket()).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The buckets that objects are taken from, or results put into. */
    public Set<String> buckets() {
        return routes().flatMap(route -> Stream.of(route.from().bucket(), route.to()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether results of others are meant for this one. */
    private boolean takesResults(Route route) {
        return routes().anyMatch(other -> other.feeds(route));
    }

    /** Why an object that a route takes by its key is still not one to convert, if so. */
    public Optional<String> unfit(Route route, ObjectInfo object) {
        if (object.metadata().containsKey(ObjectInfo.SOURCE_ETAG) && !takesResults(route)) {
            return Optional.of("It is itself a result: its metadata has source-etag.");
        }
        if (ObjectStore.isFolder(object.name(), object.size())) {
            return Optional.of("It is a folder.");
        }
        return route.from().takesType(object.contentType())
                ? Optional.empty()
                : Optional.of("Its type is " + object.contentType() + ", which the rule does not take.");
    }

    private Stream<Route> routes() {
        return all.stream().flatMap(rule -> rule.route().stream());
    }
}
