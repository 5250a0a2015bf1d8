package imagefunctions.asynccalls.store;

import imagefunctions.asynccalls.QueueLimits;
import imagefunctions.asynccalls.QueueNames;
import java.nio.file.Path;

/**
 * Where the spool is, and what it may take.
 *
 * @param folder where everything is kept; one process at a time
 * @param minFree bytes that stay free on the disk
 * @param queues that calls wait in
 */
public record SpoolSettings(Path folder, long minFree, QueueLimits limits, QueueNames queues) {
    public SpoolSettings {
        QueueLimits.atLeast("IMAGE_FUNCTIONS_SPOOL_MIN_FREE", minFree, 0);
    }
}
