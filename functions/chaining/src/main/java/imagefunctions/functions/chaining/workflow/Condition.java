package imagefunctions.functions.chaining.workflow;

import imagefunctions.runtime.Call;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A {@code when} condition on the workflow's request and the current body. */
public sealed interface Condition {
    static Condition always() {
        return new All(List.of());
    }

    record All(List<Condition> conditions) implements Condition {
        public All {
            conditions = List.copyOf(conditions);
        }
    }

    record Not(Condition condition) implements Condition {}

    /** One of the request's query parameters of this name has one of these values. */
    record Query(String name, OneOf values) implements Condition {}

    /** One of the request's headers of this name has one of these values. */
    record Header(String name, OneOf values) implements Condition {}

    /** An earlier step answered with one of these values. */
    record Answer(String step, OneOf values) implements Condition {}

    record ContentType(OneOf types) implements Condition {}

    record LargerThan(long bytes) implements Condition {}

    record SmallerThan(long bytes) implements Condition {}

    default boolean holds(Call request, Body body, Map<String, String> answers) {
        return switch (this) {
            case All all -> all.conditions().stream().allMatch(one -> one.holds(request, body, answers));
            case Not not -> !not.condition().holds(request, body, answers);
            case Query q ->
                request.query().getOrDefault(q.name(), List.of()).stream().anyMatch(q.values()::matches);
            case Header h -> request.headers().allValues(h.name()).stream().anyMatch(h.values()::matches);
            case Answer a -> a.values().matches(answers.getOrDefault(a.step(), ""));
            case ContentType t -> t.types().matchesMediaType(body.contentType());
            case LargerThan l -> body.size() > l.bytes();
            case SmallerThan s -> body.size() < s.bytes();
        };
    }

    /** The query parameters that it tests. */
    default Set<String> parameters() {
        return switch (this) {
            case All all ->
                all.conditions().stream()
                        .flatMap(one -> one.parameters().stream())
                        .collect(Collectors.toSet());
            case Not not -> not.condition().parameters();
            case Query q -> Set.of(q.name());
            default -> Set.of();
        };
    }

    /** The condition as a graph shows it. */
    default String description() {
        return switch (this) {
            case All all ->
                all.conditions().stream().map(Condition::description).collect(Collectors.joining(" and "));
            case Not not -> "not (" + not.condition().description() + ")";
            case Query q -> "query " + q.name() + " is " + q.values();
            case Header h -> "header " + h.name() + " is " + h.values();
            case Answer a -> a.step() + " answers " + a.values();
            case ContentType t -> "type is " + t.types();
            case LargerThan l -> "larger than " + l.bytes() + " bytes";
            case SmallerThan s -> "smaller than " + s.bytes() + " bytes";
        };
    }
}
