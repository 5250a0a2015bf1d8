package imagefunctions.asynccalls.jetstream;

import imagefunctions.asynccalls.BodyTooLargeException;
import imagefunctions.asynccalls.EntryWriter;
import imagefunctions.asynccalls.QueueFullException;
import imagefunctions.asynccalls.QueueUnreachableException;
import io.nats.client.JetStreamApiException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Writes the body of one entry to the object store, and what makes it an entry after it. */
final class BodyWriter extends EntryWriter {
    private final Bodies bodies;
    private final String name;
    private final String callId;
    private final OptionalLong announced;
    private final long maxBody;
    private final Commit commit;
    private Bodies.@Nullable Upload upload;
    private long written;
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

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (written + length > maxBody) {
            throw new BodyTooLargeException(maxBody);
        }
        if (length == 0) {
            return;
        }
        if (upload == null) {
            upload = bodies.upload(name, callId);
        }
        try {
            upload.sink().write(bytes, offset, length);
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            throw upload.end().isCompletedExceptionally() ? reasonOf(upload) : e;
        }
        written += length;
    }

    @Override
    public void commit() throws IOException {
        if (announced.isPresent() && announced.getAsLong() != written) {
            throw new EOFException(
                    "The body ended after " + written + " of " + announced.getAsLong() + " bytes: send it again.");
        }
        if (upload != null) {
            try {
                upload.sink().close();
            } catch (IOException readerGone) {
                throw reasonOf(upload);
            }
            IOException failure = await(upload);
            if (failure != null) {
                throw failure;
            }
        }
        stored = true;
        commit.of(new StoredBody(name, written));
    }

    private static IOException reasonOf(Bodies.Upload upload) {
        IOException failure = await(upload);
        return failure == null ? new IOException("the body was not taken to its end") : failure;
    }

    private static @Nullable IOException await(Bodies.Upload upload) {
        try {
            upload.end().get();
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new ClosedByInterruptException();
        } catch (ExecutionException e) {
            return switch (e.getCause()) {
                case QueueUnreachableException unreachable -> unreachable;
                case JetStreamApiException refused
                when Patience.isFull(refused) ->
                    new QueueFullException(
                            "The queue of asynchronous calls is full: " + refused.getErrorDescription() + ".");
                case JetStreamApiException refused when Patience.isUnavailable(refused) -> unreachable(refused);
                case IOException io -> unreachable(io);
                case IllegalStateException disconnected -> unreachable(disconnected);
                case null, default -> new IOException("the body was not stored", e);
            };
        }
    }

    private static IOException unreachable(Exception failure) {
        return new QueueUnreachableException("NATS JetStream does not answer: " + failure.getMessage());
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        if (!stored && upload != null) {
            abort(upload);
        }
    }

    /** The store removes what it has of a body that fails; one that is whole already has no call. */
    private void abort(Bodies.Upload failed) throws IOException {
        failed.sink().fail(new IOException("the sender has gone"));
        if (await(failed) == null) {
            bodies.delete(new StoredBody(name, written));
        }
    }
}
