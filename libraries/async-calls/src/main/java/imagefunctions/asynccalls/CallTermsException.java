package imagefunctions.asynccalls;

/** What the call's headers ask for is not to be had. */
public final class CallTermsException extends NotAcceptedException {
    CallTermsException(String message) {
        super(message);
    }
}
