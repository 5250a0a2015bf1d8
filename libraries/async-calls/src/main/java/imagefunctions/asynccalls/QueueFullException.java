package imagefunctions.asynccalls;

/** There is no room for a call now; the next attempt may find some. */
public final class QueueFullException extends NotAcceptedException {
    public QueueFullException(String message) {
        super(message);
    }
}
