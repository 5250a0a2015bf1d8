package imagefunctions.receiver;

/** Ends a request with a {@link Problem}; it has no stack, since the sender is told and the log is not. */
final class ProblemException extends RuntimeException {
    private final transient Problem problem;

    ProblemException(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
