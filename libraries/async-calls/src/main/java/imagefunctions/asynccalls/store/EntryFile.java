package imagefunctions.asynccalls.store;

import imagefunctions.asynccalls.Body;
import imagefunctions.asynccalls.CorruptEntryException;
import imagefunctions.asynccalls.EntryHead;
import imagefunctions.asynccalls.QueueEntry;
import imagefunctions.asynccalls.StoredEntry;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A file of the spool.
 *
 * <pre>
 *  0  magic             4 bytes, "IFS1"
 *  4  length of head    4
 *  8  length of body    8
 * 16  CRC-32C of body   4
 * 20  CRC-32C of bytes 0 to 19 and the head   4
 * 24  head, then body
 * </pre>
 */
record EntryFile(QueueEntry entry, Body body, int bodyChecksum) {
    static final int PREFIX = 24;
    private static final int MAGIC = 0x49465331;
    private static final int MAX_HEAD = 1 << 20;

    static long size(byte[] head, long bodyLength) {
        return PREFIX + head.length + bodyLength;
    }

    /** The first 24 bytes, ready to be written. */
    static ByteBuffer prefix(byte[] head, long bodyLength, CRC32C bodyChecksum) {
        ByteBuffer prefix = ByteBuffer.allocate(PREFIX)
                .putInt(MAGIC)
                .putInt(head.length)
                .putLong(bodyLength)
                .putInt((int) bodyChecksum.getValue());
        return prefix.putInt(checksum(prefix, head)).flip();
    }

    /** Reads and verifies everything but the body. */
    static EntryFile readHead(Path file) throws IOException {
        long size = Files.size(file);
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            ByteBuffer prefix = ByteBuffer.wrap(in.readNBytes(PREFIX));
            if (prefix.limit() < PREFIX || prefix.getInt() != MAGIC) {
                throw new CorruptEntryException("it does not start as one of the spool's");
            }
            int headLength = prefix.getInt();
            long bodyLength = prefix.getLong();
            int bodyChecksum = prefix.getInt();
            if (headLength < 0 || headLength > MAX_HEAD || PREFIX + headLength + bodyLength != size) {
                throw new CorruptEntryException("it has " + size + " bytes, not as many as it says");
            }
            byte[] head = in.readNBytes(headLength);
            if (prefix.getInt() != checksum(prefix, head)) {
                throw new CorruptEntryException("the checksum of its head differs");
            }
            return new EntryFile(
                    EntryHead.decode(head), new FileBody(file, PREFIX + headLength, bodyLength), bodyChecksum);
        }
    }

    /** The entry without its body, if it is as it was written. */
    static Optional<QueueEntry> readable(Path file) throws IOException {
        try {
            return Optional.of(readHead(file).entry);
        } catch (CorruptEntryException e) {
            return Optional.empty();
        }
    }

    /** Reads and verifies everything, the type of the entry too. */
    static <T extends QueueEntry> StoredEntry<T> read(Path file, Class<T> type) throws IOException {
        EntryFile read = readHead(file);
        if (!type.isInstance(read.entry)) {
            throw new CorruptEntryException(
                    "it holds no " + type.getSimpleName().toLowerCase(Locale.ROOT));
        }
        CRC32C checksum = new CRC32C();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = read.body.open()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                checksum.update(buffer, 0, n);
            }
        }
        if ((int) checksum.getValue() != read.bodyChecksum) {
            throw new CorruptEntryException("the checksum of its body differs");
        }
        return new StoredEntry<>(type.cast(read.entry), read.body);
    }

    private static int checksum(ByteBuffer prefix, byte[] head) {
        CRC32C checksum = new CRC32C();
        checksum.update(prefix.duplicate().position(0).limit(PREFIX - Integer.BYTES));
        checksum.update(head);
        return (int) checksum.getValue();
    }
}
