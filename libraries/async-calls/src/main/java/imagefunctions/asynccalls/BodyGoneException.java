package imagefunctions.asynccalls;

import java.io.IOException;

/** A stored body is not there any more, and will not be. */
public final class BodyGoneException extends IOException {
    private static final long serialVersionUID = 1L;

    public BodyGoneException() {
        super("the body is not there any more");
    }
}
