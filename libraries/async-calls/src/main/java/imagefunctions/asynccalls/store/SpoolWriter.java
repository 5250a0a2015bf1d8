package imagefunctions.asynccalls.store;

import imagefunctions.asynccalls.BodyTooLargeException;
import imagefunctions.asynccalls.DuplicateCallException;
import imagefunctions.asynccalls.EntryWriter;
import imagefunctions.folders.PrivateFolder;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/** Writes one entry to a file of its own, which buffers nothing in memory. */
final class SpoolWriter extends EntryWriter {
    private final Path part;
    private final byte[] head;
    private final OptionalLong announced;
    private final long maxBody;
    private final long reserved;
    private final DiskBudget budget;
    private final Naming naming;
    private final FileChannel file;
    private final CRC32C checksum = new CRC32C();
    private long written;
    private boolean committed;
    private boolean closed;

    /** Gives a file that is written its name in a queue; on return it survives a power cut. */
    interface Naming {
        void name(FileChannel file, Path part) throws IOException;
    }

    /** Opens the file; what was reserved of the budget and is not used is released in the end. */
    SpoolWriter(
            Path part,
            String id,
            byte[] head,
            OptionalLong announced,
            long maxBody,
            long reserved,
            DiskBudget budget,
            Naming naming)
            throws IOException {
        this.part = part;
        this.head = head;
        this.announced = announced;
        this.maxBody = maxBody;
        this.reserved = reserved;
        this.budget = budget;
        this.naming = naming;
        try {
            this.file = PrivateFolder.newFile(part);
        } catch (FileAlreadyExistsException e) {
            throw new DuplicateCallException(id);
        } catch (IOException e) {
            throw DiskBudget.reasonOf(e);
        }
        file.position(EntryFile.PREFIX + (long) head.length);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (written + length > maxBody) {
            throw new BodyTooLargeException(maxBody);
        }
        checksum.update(bytes, offset, length);
        writeFully(ByteBuffer.wrap(bytes, offset, length));
        written += length;
    }

    /** Returns when what was written survives a power cut. */
    @Override
    public void commit() throws IOException {
        if (announced.isPresent() && announced.getAsLong() != written) {
            throw new EOFException(
                    "The body ended after " + written + " of " + announced.getAsLong() + " bytes: send it again.");
        }
        try {
            file.position(0);
            writeFully(EntryFile.prefix(head, written, checksum));
            writeFully(ByteBuffer.wrap(head));
            naming.name(file, part);
        } catch (IOException e) {
            throw DiskBudget.reasonOf(e);
        }
        committed = true;
        close();
    }

    private void writeFully(ByteBuffer bytes) throws IOException {
        try {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        } catch (IOException e) {
            throw DiskBudget.reasonOf(e);
        }
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        budget.release(committed ? reserved - EntryFile.size(head, written) : reserved);
        try {
            file.close();
        } finally {
            if (!committed) {
                Files.deleteIfExists(part);
            }
        }
    }
}
