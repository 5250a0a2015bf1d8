package imagefunctions.asynccalls;

import java.util.Optional;

/**
 * Why a call was given up.
 *
 * @param functionStatus what its function answered at last, as far as it was called
 */
public record Failure(String reason, Optional<Integer> functionStatus) {
    /** A failure that has nothing to do with what the function answers. */
    public static Failure of(String reason) {
        return new Failure(reason, Optional.empty());
    }
}
