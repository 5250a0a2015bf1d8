package imagefunctions.asynccalls;

/** There is no room for a call now; the next attempt may find some. */
public final class SpoolFullException extends NotAcceptedException {
    SpoolFullException(String message) {
        super(message);
    }
}
