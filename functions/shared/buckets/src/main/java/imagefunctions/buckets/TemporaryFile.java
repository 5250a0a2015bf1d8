package imagefunctions.buckets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that lives as long as a piece of work. */
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
