package imagefunctions.asynccalls;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/** A call that one worker holds. */
public interface CallClaim extends Claim<Call> {
    /** Takes back the count of this attempt, which is not made. */
    void uncount() throws IOException;

    /**
     * Begins to keep the result of the call: write its body to the writer, commit that, and then {@link #resolved}.
     *
     * @throws QueueFullException if there is no room now
     * @throws BodyTooLargeException if the announced length is over the limit
     */
    EntryWriter keepResult(Callback result, OptionalLong length) throws IOException;

    /** The function has succeeded, and nobody is to have the result. */
    void succeeded(Call call, int status) throws IOException;

    /**
     * The result of the call is kept, or there will be none.
     *
     * @param failure that makes the call a dead letter; that of the result, if one is kept
     */
    void resolved(Optional<Failure> failure) throws IOException;
}
