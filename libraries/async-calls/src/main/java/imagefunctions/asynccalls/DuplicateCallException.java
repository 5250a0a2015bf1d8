package imagefunctions.asynccalls;

/** The id belongs to another call, which is not finished yet or is a dead letter. */
public final class DuplicateCallException extends NotAcceptedException {
    public DuplicateCallException(String id) {
        super("The call " + id
                + " is in the queue or a dead letter: wait for it, requeue it, or send another X-Call-Id.");
    }
}
