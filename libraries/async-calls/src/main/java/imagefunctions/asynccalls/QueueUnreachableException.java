package imagefunctions.asynccalls;

/** The servers that keep the queue cannot be reached now; the next attempt may find them. */
public final class QueueUnreachableException extends NotAcceptedException {
    public QueueUnreachableException(String message) {
        super(message);
    }
}
