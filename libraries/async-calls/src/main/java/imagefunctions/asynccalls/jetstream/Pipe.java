package imagefunctions.asynccalls.jetstream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Bytes from one thread to another, a few chunks at a time. A failure of the writer reaches the reader; a writer whose
 * reader has gone fails.
 */
final class Pipe {
    /** The object store's own size of a chunk. */
    static final int CHUNK = 128 << 10;

    private static final int CHUNKS_UNDERWAY = 4;
    private static final long LOOK_AGAIN_MILLIS = 50;

    /** A piece of what is piped; the last one has no bytes. */
    private record Piece(ByteBuffer bytes, @Nullable IOException failure) {}

    private final BlockingQueue<Piece> pieces = new ArrayBlockingQueue<>(CHUNKS_UNDERWAY);
    private final Sink sink = new Sink();
    private final Source source = new Source();
    private volatile boolean readerGone;

    Sink sink() {
        return sink;
    }

    Source source() {
        return source;
    }

    private void put(Piece piece) throws IOException {
        try {
            while (!pieces.offer(piece, LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                if (readerGone) {
                    throw new IOException("nobody reads any more");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Gathers chunks. Close it when all is written, or {@link #fail} it. */
    final class Sink extends OutputStream {
        private ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        private boolean ended;

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            ByteBuffer left = ByteBuffer.wrap(bytes, offset, length);
            while (left.hasRemaining()) {
                int part = Math.min(left.remaining(), chunk.remaining());
                chunk.put(left.slice(left.position(), part));
                left.position(left.position() + part);
                if (!chunk.hasRemaining()) {
                    pass();
                }
            }
        }

        private void pass() throws IOException {
            put(new Piece(chunk.flip(), null));
            chunk = ByteBuffer.allocate(CHUNK);
        }

        @Override
        public void close() throws IOException {
            if (!ended) {
                ended = true;
                if (chunk.position() > 0) {
                    pass();
                }
                put(new Piece(ByteBuffer.allocate(0), null));
            }
        }

        void fail(IOException failure) throws IOException {
            if (!ended) {
                ended = true;
                put(new Piece(ByteBuffer.allocate(0), failure));
            }
        }
    }

    /** Fills the buffers that it is given, up to the end. */
    final class Source extends InputStream {
        private ByteBuffer bytes = ByteBuffer.allocate(0);
        private boolean ended;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = 0;
            while (read < length && hasMore()) {
                int part = Math.min(length - read, bytes.remaining());
                bytes.get(into, offset + read, part);
                read += part;
            }
            return read == 0 && length > 0 ? -1 : read;
        }

        private boolean hasMore() throws IOException {
            if (!bytes.hasRemaining() && !ended) {
                Piece piece = take();
                bytes = piece.bytes();
                ended = !bytes.hasRemaining();
                if (piece.failure() != null) {
                    throw new IOException(piece.failure().getMessage(), piece.failure());
                }
            }
            return !ended;
        }

        private Piece take() throws IOException {
            try {
                return pieces.take();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }

        @Override
        public void close() {
            readerGone = true;
            pieces.clear();
            // For a read that waits.
            pieces.offer(new Piece(ByteBuffer.allocate(0), new IOException("closed")));
        }
    }
}
