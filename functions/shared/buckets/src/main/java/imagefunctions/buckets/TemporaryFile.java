package imagefunctions.buckets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A temporary file, deleted on close. */
public final class TemporaryFile implements AutoCloseable {
    private final Path path;

    public TemporaryFile() throws IOException {
        this.path = Files.createTempFile("picture", ".part");
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
    }
}
