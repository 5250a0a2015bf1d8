package imagefunctions.asynccalls;

import java.io.IOException;
import java.util.Optional;

/** A result that one worker holds. */
public interface CallbackClaim extends Claim<Callback> {
    /** The receiver has the result. */
    void delivered(Callback callback) throws IOException;

    /**
     * The receiver will not get the result, which becomes a dead letter.
     *
     * @param callback empty if it cannot be read
     */
    void failed(Optional<Callback> callback, String reason) throws IOException;
}
