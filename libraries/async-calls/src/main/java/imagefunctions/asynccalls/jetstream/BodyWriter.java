package imagefunctions.asynccalls.jetstream;

import imagefunctions.asynccalls.BodyTooLargeException;
import imagefunctions.asynccalls.EntryWriter;
import imagefunctions.asynccalls.QueueUnreachableException;
import io.nats.client.support.Digester;
import java.io.EOFException;
import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.OptionalLong;

/** Writes the body of one entry to the object store in chunks, and what makes it an entry after it. */
final class BodyWriter extends EntryWriter {
    private final Bodies bodies;
    private final String name;
    private final String callId;
    private final OptionalLong announced;
    private final long maxBody;
    private final Commit commit;
    private final Digester digester = digester();
    private byte[] chunk = {};
    private int filled;
    private int chunks;
    private long written;
    private boolean unreachable;
    private boolean stored;
    private boolean closed;

    /** What makes a stored body an entry; from then on, the body is its to keep or remove. */
    interface Commit {
        void of(StoredBody stored) throws IOException;
    }

    BodyWriter(Bodies bodies, String name, String callId, OptionalLong announced, long maxBody, Commit commit)
            throws BodyTooLargeException {
        if (announced.orElse(0) > maxBody) {
            throw new BodyTooLargeException(maxBody);
        }
        this.bodies = bodies;
        this.name = name;
        this.callId = callId;
        this.announced = announced;
        this.maxBody = maxBody;
        this.commit = commit;
    }

    private static Digester digester() {
        try {
            return new Digester();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (written + length > maxBody) {
            throw new BodyTooLargeException(maxBody);
        }
        for (int from = 0; from < length; ) {
            if (filled == chunk.length) {
                makeRoom();
            }
            int part = Math.min(length - from, chunk.length - filled);
            System.arraycopy(bytes, offset + from, chunk, filled, part);
            filled += part;
            from += part;
        }
        written += length;
    }

    /** A body that is smaller than a chunk takes no more memory than what it announces. */
    private void makeRoom() throws IOException {
        send();
        long left = announced.orElse(Long.MAX_VALUE) - (long) chunks * Bodies.CHUNK;
        chunk = new byte[Math.clamp(left, 1, Bodies.CHUNK)];
    }

    private void send() throws IOException {
        if (filled > 0) {
            byte[] full = filled == chunk.length ? chunk : Arrays.copyOf(chunk, filled);
            digester.update(full);
            chunks++;
            store(() -> bodies.putChunk(name, full));
            filled = 0;
        }
    }

    @Override
    public void commit() throws IOException {
        if (announced.isPresent() && announced.getAsLong() != written) {
            throw new EOFException(
                    "The body ended after " + written + " of " + announced.getAsLong() + " bytes: send it again.");
        }
        send();
        if (chunks > 0) {
            store(() -> bodies.putWhole(name, callId, written, chunks, digester.getDigestEntry()));
        }
        stored = true;
        commit.of(new StoredBody(name, written));
    }

    private interface Storing {
        void run() throws IOException;
    }

    private void store(Storing step) throws IOException {
        try {
            step.run();
        } catch (QueueUnreachableException e) {
            unreachable = true;
            throw e;
        }
    }

    /** Servers that did not answer are not asked again: what they have of the body goes with a sweep. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        if (!stored && chunks > 0 && !unreachable) {
            bodies.delete(new StoredBody(name, written));
        }
    }
}
