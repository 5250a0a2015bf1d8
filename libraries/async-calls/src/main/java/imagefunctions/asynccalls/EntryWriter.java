package imagefunctions.asynccalls;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes the body of one entry: write all of it, then {@link #commit}; closing without leaves nothing behind.
 *
 * <p>Used by one thread at a time. It holds no whole body in memory.
 */
public abstract class EntryWriter extends OutputStream {
    /**
     * Returns when what was written is durable: from then on the queue is responsible for it.
     *
     * @throws java.io.EOFException if fewer or more bytes were written than announced
     */
    public abstract void commit() throws IOException;

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public abstract void write(byte[] bytes, int offset, int length) throws IOException;
}
