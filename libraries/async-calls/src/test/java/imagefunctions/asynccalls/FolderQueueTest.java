package imagefunctions.asynccalls;

import imagefunctions.asynccalls.store.Spool;
import imagefunctions.asynccalls.store.SpoolSettings;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The promises of the queue in a folder. */
final class FolderQueueTest extends CallQueueContract {
    private final Path folder;

    FolderQueueTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Override
    CallQueue open(QueueLimits limits, QueueNames queues) throws IOException {
        return Spool.open(new SpoolSettings(folder, 0, limits, queues));
    }
}
