package imagefunctions.folders;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps other processes from using a folder, until it is closed or this process ends. */
public final class FolderLock implements AutoCloseable {
    private final FileChannel file;

    private FolderLock(FileChannel file) {
        this.file = file;
    }

    /**
     * Locks the folder by a file in it.
     *
     * @throws IOException if it is in use, with what to do
     */
    public static FolderLock of(Path folder) throws IOException {
        FileChannel file =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (file.tryLock() != null) {
                return new FolderLock(file);
            }
        } catch (OverlappingFileLockException heldByThisProcess) {
            // the same answer as for another process
        } catch (IOException e) {
            file.close();
            throw e;
        }
        file.close();
        throw new IOException(folder + " is in use by another process: stop that one, or set another folder");
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
