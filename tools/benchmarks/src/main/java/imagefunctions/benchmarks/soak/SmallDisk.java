package imagefunctions.benchmarks.soak;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A disk of its own below a folder, which can be filled up; where none may be mounted, the folder itself, never full. */
final class SmallDisk implements AutoCloseable {
    private static final String SIZE = "2g";
    private static final byte[] BLOCK = new byte[1 << 20];

    private final Path folder;
    private final Path ballast;
    private final boolean own;

    SmallDisk(Path folder) throws IOException, InterruptedException {
        this.folder = Files.createDirectories(folder);
        ballast = folder.resolve("ballast");
        own = succeeds("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", folder.toString());
    }

    private static boolean succeeds(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    Path folder() {
        return folder;
    }

    boolean canBeFull() {
        return own;
    }

    /** Writes until nothing more fits, to the byte. */
    void fill() throws IOException {
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (Files.getFileStore(folder).getUsableSpace() > 0) {
                out.write(BLOCK);
            }
        } catch (IOException e) {
            if (Files.getFileStore(folder).getUsableSpace() > BLOCK.length) {
                throw e;
            }
        }
    }

    void free() throws IOException {
        Files.deleteIfExists(ballast);
    }

    @Override
    public void close() throws IOException {
        try {
            if (own) {
                succeeds("umount", folder.toString());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
