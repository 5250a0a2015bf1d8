package imagefunctions.functions.chaining;

import imagefunctions.runtime.Call;
import imagefunctions.runtime.Problem;
import java.util.Optional;

/** Chaining's own query parameters; the others are the workflow's. */
final class Parameters {
    private Parameters() {}

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
        String explain = one(call, "explain").orElse("false");
        return switch (explain) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new Problem.BadRequest("explain must be true or false, not \"" + explain + "\".").asException();
        };
    }
}
