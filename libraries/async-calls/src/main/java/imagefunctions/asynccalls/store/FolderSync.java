package imagefunctions.asynccalls.store;

import imagefunctions.durablefiles.DurableFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/** Makes a folder's entries survive a power cut, with one fsync for all who asked while another was under way. */
final class FolderSync {
    private final Path folder;
    private final AtomicLong asked = new AtomicLong();
    private final ReentrantLock syncing = new ReentrantLock();
    private long covered;

    FolderSync(Path folder) {
        this.folder = folder;
    }

    /** Returns when every entry that was there at the time of the call is on disk. */
    void sync() throws IOException {
        long mine = asked.incrementAndGet();
        syncing.lock();
        try {
            if (covered < mine) {
                long latest = asked.get();
                DurableFiles.force(folder);
                covered = latest;
            }
        } finally {
            syncing.unlock();
        }
    }
}
