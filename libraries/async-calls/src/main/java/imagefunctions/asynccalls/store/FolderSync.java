package imagefunctions.asynccalls.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
                force(folder);
                covered = latest;
            }
        } finally {
            syncing.unlock();
        }
    }

    /** Opens the folder each time: an interrupted thread would close a channel that stays open. */
    static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
