package imagefunctions.asynccalls;

/** The body is over the limit. */
public final class BodyTooLargeException extends NotAcceptedException {
    public BodyTooLargeException(long limit) {
        super("The body is larger than " + limit + " bytes.");
    }
}
