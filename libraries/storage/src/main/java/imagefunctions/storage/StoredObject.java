package imagefunctions.storage;

import java.io.IOException;
import java.io.InputStream;

/** An object that is being read; the reader closes it. */
public record StoredObject(ObjectInfo info, InputStream content) implements AutoCloseable {
    /**
     * All of its bytes, if it still has the size that was asked for before.
     *
     * @throws IOException if it cannot be read, or was replaced meanwhile by one of another size
     */
    public byte[] bytes(long size) throws IOException {
        byte[] bytes = content.readNBytes(Math.toIntExact(size));
        if (bytes.length < size || info.size() != size) {
            throw new IOException("it was replaced meanwhile");
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
