package imagefunctions.localgateway.async;

import imagefunctions.asynccalls.BodyTooLargeException;
import imagefunctions.asynccalls.CallTermsException;
import imagefunctions.asynccalls.DuplicateCallException;
import imagefunctions.asynccalls.QueueFullException;
import imagefunctions.asynccalls.QueueUnreachableException;
import imagefunctions.egress.RefusedUrlException;
import imagefunctions.runtime.Problem;

/** Why an asynchronous call is not taken. */
public final class AsyncRefusal {
    private AsyncRefusal() {}

    /** What the queue and the guard refuse, as a problem of the caller's; any other failure as it is. */
    public static Throwable of(Throwable failure) {
        return switch (failure) {
            case RefusedUrlException e -> new Problem.BadRequest("X-Callback-Url: " + e.getMessage()).asException();
            case QueueFullException e -> new Problem.Unavailable(e.getMessage()).asException();
            case QueueUnreachableException e -> new Problem.Unavailable(e.getMessage()).asException();
            case BodyTooLargeException e -> new Problem.TooLarge(e.getMessage()).asException();
            case CallTermsException e -> new Problem.BadRequest(e.getMessage()).asException();
            case DuplicateCallException e -> new Problem.Conflict(e.getMessage()).asException();
            default -> failure;
        };
    }
}
