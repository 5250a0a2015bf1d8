package imagefunctions.folders;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** Writes files that are there whole or not at all, whenever the process or the power fails. */
public final class DurableFiles {
    private static final String PART = ".part";

    private DurableFiles() {}

    /** Writes the file, in place of what was there; on return it survives a power cut. */
    public static void replace(Path file, byte[]... content) throws IOException {
        Path part = aside(file, content);
        try {
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
        PrivateFolder.force(file.resolveSibling(""));
    }

    /**
     * Writes the file unless there is one; of several writers at the same time, one succeeds.
     *
     * @return whether it was written; then it survives a power cut
     */
    public static boolean create(Path file, byte[]... content) throws IOException {
        if (Files.exists(file)) {
            return false;
        }
        Path part = aside(file, content);
        try {
            // A rename would replace what another writer has put there meanwhile.
            Files.createLink(file, part);
        } catch (FileAlreadyExistsException e) {
            return false;
        } finally {
            Files.deleteIfExists(part);
        }
        PrivateFolder.force(file.resolveSibling(""));
        return true;
    }

    /** Whether this is a file that was being written, perhaps by a process that is no more. */
    public static boolean isPart(Path file) {
        return file.getFileName().toString().endsWith(PART);
    }

    private static Path aside(Path file, byte[]... content) throws IOException {
        Path part = file.resolveSibling(UUID.randomUUID() + PART);
        try (FileChannel channel = PrivateFolder.newFile(part)) {
            for (byte[] bytes : content) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }
            channel.force(false);
            return part;
        } catch (IOException e) {
            Files.deleteIfExists(part);
            throw e;
        }
    }
}
