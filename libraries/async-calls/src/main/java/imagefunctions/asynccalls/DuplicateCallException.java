package imagefunctions.asynccalls;

/** The id belongs to another call, which is not finished yet. */
public final class DuplicateCallException extends NotAcceptedException {
    public DuplicateCallException(String id) {
        super("The call " + id + " is in the queue already: wait for it, or send another X-Call-Id.");
    }
}
