package imagefunctions.runtime.http;

import imagefunctions.runtime.Problem;

/**
 * How large a body may be.
 *
 * @param setting the environment variable that says so, as answers name it
 */
public record SizeLimit(long bytes, String setting) {
    /** The problem of a larger one. */
    Problem tooLarge() {
        return new Problem.TooLarge(
                "The body is larger than " + bytes + " bytes: send a smaller one, or raise " + setting + ".");
    }
}
