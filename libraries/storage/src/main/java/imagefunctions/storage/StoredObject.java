package imagefunctions.storage;

import java.io.IOException;
import java.io.InputStream;

/** An object that is being read; the reader closes it. */
public record StoredObject(ObjectInfo info, InputStream content) implements AutoCloseable {
    @Override
    public void close() throws IOException {
        content.close();
    }
}
