package imagefunctions.asynccalls;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Entries of one type, each handed to one worker when its next attempt is due. */
public interface WorkQueue<C extends Claim<?>> {
    /** Waits for an entry that is due and counts the attempt durably; returns null once closed. */
    @Nullable
    C take() throws InterruptedException, IOException;

    /** Hands out no more entries, and lets the workers that wait for one go. */
    void close();
}
