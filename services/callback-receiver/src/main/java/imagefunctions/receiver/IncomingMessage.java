package imagefunctions.receiver;

import imagefunctions.folders.PrivateFolder;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.ProblemException;
import imagefunctions.runtime.http.HttpLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A message that is arriving, written to a file as it comes; {@link #close} leaves nothing of one that is not kept.
 *
 * <p>Not thread-safe.
 */
final class IncomingMessage implements AutoCloseable {
    private final MessageStore store;
    private final Envelope envelope;
    private final Optional<Signature> expected;
    private final ByteArrayOutputStream start = new ByteArrayOutputStream(MediaTypes.START);
    private final Path file;
    private final FileChannel channel;
    /** Whether it is one more; a repetition is not, as long as what it repeats is there. */
    private boolean counts;
    /** Why a repetition is not written: it is read all the same, and acknowledged if what it repeats is still there. */
    private Optional<ProblemException> noRoom = Optional.empty();

    private long promised;
    private long size;
    private boolean kept;

    /** @throws ProblemException (401, 413, 507) if the message cannot be taken, judging by its headers */
    IncomingMessage(MessageStore store, Envelope envelope, Optional<String> secret, HttpLimits limits)
            throws IOException {
        this.store = store;
        this.envelope = envelope;
        this.expected = secret.map(key -> new Signature(key, envelope.callId(), envelope.status()));
        if (expected.isPresent() && envelope.signature().isEmpty()) {
            throw new Problem.NotSigned(
                            "This receiver takes signed messages only: have the sender set the same secret, so that it sends "
                                    + Signature.HEADER + ".")
                    .asException();
        }
        long length = envelope.length().orElse(0);
        if (length > limits.maxBody()) {
            throw limits.tooLarge().asException();
        }
        this.counts = store.find(envelope.key()).isEmpty();
        if (counts) {
            store.quota().takeRoom(length);
            promised = length;
        }
        this.file = store.arriving();
        try {
            this.channel = PrivateFolder.newFile(file);
        } catch (IOException | RuntimeException e) {
            giveBack();
            throw e;
        }
    }

    /** Before it is kept: what a repetition repeats may have been deleted while it arrived. */
    private void takeRoom() {
        if (noRoom.isPresent()) {
            throw noRoom.get();
        }
        if (!counts) {
            store.quota().takeRoom(0);
            counts = true;
        }
    }

    private void giveBack() {
        if (counts) {
            store.quota().giveBack(promised);
        } else {
            store.quota().giveBackBytes(promised);
        }
    }

    Envelope envelope() {
        return envelope;
    }

    /** @throws ProblemException (507) if that is more than there is room for, unless it is a repetition */
    void add(byte[] bytes) throws IOException {
        size += bytes.length;
        takeBytes();
        expected.ifPresent(signature -> signature.update(bytes));
        start.write(bytes, 0, Math.min(bytes.length, MediaTypes.START - start.size()));
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (noRoom.isEmpty() && rest.hasRemaining()) {
            channel.write(rest);
        }
    }

    /** Takes room for what has come; a repetition for which there is none is no longer written, but can be acknowledged. */
    private void takeBytes() throws IOException {
        if (noRoom.isPresent() || size <= promised) {
            return;
        }
        try {
            store.quota().takeBytes(size - promised);
            promised = size;
        } catch (ProblemException e) {
            if (counts) {
                throw e;
            }
            noRoom = Optional.of(e);
            channel.truncate(0);
            store.quota().giveBackBytes(promised);
            promised = 0;
        }
    }

    /**
     * Keeps the message; on return it survives a power cut.
     *
     * @throws ProblemException (401, 507) if its signature is not that of the secret, or there is no room for it
     */
    MessageStore.Kept finish() throws IOException {
        String signature = envelope.signature().orElse("");
        if (expected.isPresent() && !expected.get().matches(signature)) {
            throw new Problem.NotSigned("The " + Signature.HEADER
                            + " is not that of this message: have the sender set the receiver's secret.")
                    .asException();
        }
        channel.force(false);
        Message message = new Message(
                0,
                envelope.name(),
                envelope.callId(),
                envelope.function(),
                Integer.parseInt(envelope.status()),
                envelope.seconds(),
                MediaTypes.of(start.toByteArray()),
                size,
                Instant.now());
        MessageStore.Kept result = store.keep(message, file, this::takeRoom);
        kept = !result.before();
        return result;
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            if (!kept) {
                giveBack();
                Files.deleteIfExists(file);
            }
        }
    }
}
