package imagefunctions.functions.chaining.run;

/** Ends this call of a durable run before a step; what has ended is kept. */
final class HaltedException extends RuntimeException {
    private final Outcome.Reason reason;

    HaltedException(Outcome.Reason reason) {
        super("the run halts: " + reason, null, false, false);
        this.reason = reason;
    }

    Outcome.Reason reason() {
        return reason;
    }
}
