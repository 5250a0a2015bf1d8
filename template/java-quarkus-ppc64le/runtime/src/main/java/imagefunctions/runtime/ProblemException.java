package imagefunctions.runtime;

/** Ends a call with a {@link Problem}; it has no stack, since the answer has all there is to say. */
public final class ProblemException extends RuntimeException {
    private final transient Problem problem;

    ProblemException(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
