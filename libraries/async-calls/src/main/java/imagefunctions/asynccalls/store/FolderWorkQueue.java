package imagefunctions.asynccalls.store;

import imagefunctions.asynccalls.Claim;
import imagefunctions.asynccalls.WorkQueue;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The files of a queue, as claims for workers. */
record FolderWorkQueue<C extends Claim<?>>(DelayQueue<?> queue, Function<ClaimedFile, C> claim)
        implements WorkQueue<C> {
    @Override
    public @Nullable C take() throws InterruptedException, IOException {
        ClaimedFile claimed = queue.take();
        return claimed == null ? null : claim.apply(claimed);
    }

    @Override
    public void close() {
        queue.close();
    }
}
