package imagefunctions.asynccalls;

import java.util.Optional;
import java.util.Set;

/**
 * Which calls are listed.
 *
 * @param phase that they are in, if not any
 * @param functionStatuses what their functions answered; if empty, anything or nothing yet
 */
public record CallFilter(Optional<Phase> phase, Set<Integer> functionStatuses) {
    public static final CallFilter ALL = new CallFilter(Optional.empty(), Set.of());

    public CallFilter {
        functionStatuses = Set.copyOf(functionStatuses);
    }

    public static CallFilter of(Phase phase) {
        return new CallFilter(Optional.of(phase), Set.of());
    }

    public boolean accepts(CallState call) {
        return phase.map(call.phase()::equals).orElse(true)
                && (functionStatuses.isEmpty()
                        || call.functionStatus().map(functionStatuses::contains).orElse(false));
    }
}
