package imagefunctions.functions.chaining;

import imagefunctions.functions.chaining.workflow.Workflow;
import imagefunctions.runtime.Call;
import imagefunctions.runtime.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Chaining's own query parameters; the others are the workflow's. */
final class Parameters {
    private static final String EXPLAIN = "explain";
    private static final Set<String> OWN = Set.of("workflow", EXPLAIN, "export");

    private Parameters() {}

    /** Refuses a parameter that nobody reads, for callers who ask for that with {@code Prefer: handling=strict} (RFC 7240). */
    static void check(Call call, Workflow workflow) {
        if (call.headers().allValues("Prefer").stream().noneMatch(prefer -> prefer.contains("handling=strict"))) {
            return;
        }
        Set<String> known = new TreeSet<>(workflow.parameters());
        known.addAll(OWN);
        for (String name : call.query().keySet()) {
            if (!known.contains(name)) {
                throw new Problem.BadRequest("The workflow \"" + workflow.name() + "\" reads no parameter \"" + name
                                + "\"; there are: " + String.join(", ", known) + ".")
                        .asException();
            }
        }
    }

    /** Those that say what a run is of: a repetition of its call may ask for the timeline. */
    static Map<String, List<String>> ofTheWorkflow(Call call) {
        Map<String, List<String>> others = new TreeMap<>(call.query());
        others.remove(EXPLAIN);
        return others;
    }

    static Optional<String> one(Call call, String name) {
        var values = call.query().get(name);
        if (values == null) {
            return Optional.empty();
        }
        if (values.size() > 1) {
            throw new Problem.BadRequest(
                            "The parameter \"" + name + "\" is given " + values.size() + " times: give it once.")
                    .asException();
        }
        return Optional.of(values.getFirst());
    }

    /** Whether the caller wants to know what happened instead of the result. */
    static boolean explain(Call call) {
        String explain = one(call, EXPLAIN).orElse("false");
        return switch (explain) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new Problem.BadRequest("explain must be true or false, not \"" + explain + "\".").asException();
        };
    }
}
