package imagefunctions.asynccalls;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A body on disk, which can be read as often as needed. */
public final class Body {
    private final Path file;
    private final long start;
    private final long length;

    /** The bytes of the file from this one on. */
    public Body(Path file, long start, long length) {
        this.file = file;
        this.start = start;
        this.length = length;
    }

    public long length() {
        return length;
    }

    /** The body from its first byte; the caller closes it. */
    public InputStream open() throws IOException {
        InputStream in = Files.newInputStream(file);
        try {
            in.skipNBytes(start);
            return new BufferedInputStream(in, 1 << 16);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }
}
