package imagefunctions.functions.chaining.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The directory at the end of a zip archive, which says what is in it (APPNOTE.TXT, 4.3 and 4.5). What stands before the
 * files themselves need not: neither their sizes, if the archive was written as a stream, nor that they are still part of it.
 */
final class ZipDirectory {
    private static final int FILE = 0x04034b50;
    private static final int FILE_BYTES = 30;
    private static final int LISTED = 0x02014b50;
    private static final int LISTED_BYTES = 46;
    private static final int END = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final int END64 = 0x06064b50;
    private static final int END64_BYTES = 56;
    private static final int LOCATOR64 = 0x07064b50;
    private static final int LOCATOR64_BYTES = 20;
    /** Stands for a number that is in the ZIP64 record. */
    private static final long IN_ZIP64 = 0xffffffffL;

    /** Files and folders: more than a foreach takes, since folders are passed over. */
    private static final int MOST_ENTRIES = 10_000;

    private static final int ENCRYPTED = 1;
    private static final int UTF_8 = 1 << 11;

    private final ByteBuffer zip;
    private final List<Entry> entries = new ArrayList<>();
    private long allPackedBytes;

    private ZipDirectory(byte[] zip) {
        this.zip = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * One file or folder.
     *
     * @param method how it is packed
     * @param start where its packed bytes start
     * @param crc the checksum of what it unpacks to
     */
    record Entry(String name, boolean isEncrypted, int method, int start, int packedBytes, long crc) {
        boolean isFolder() {
            return name.endsWith("/");
        }
    }

    /**
     * Reads it.
     *
     * @throws IOException if it is no zip archive, or not all of one, with the reason
     */
    static List<Entry> of(byte[] zip) throws IOException {
        ZipDirectory directory = new ZipDirectory(zip);
        try {
            directory.read(directory.end());
            return directory.entries;
        } catch (IndexOutOfBoundsException | ArithmeticException e) {
            throw directory.cut();
        }
    }

    /** Where its end begins: the last that has its comment behind it and nothing else, or else the last. */
    private int end() throws IOException {
        int first = Math.max(0, zip.limit() - END_BYTES - LONGEST_COMMENT);
        int last = -1;
        for (int at = zip.limit() - END_BYTES; at >= first; at--) {
            if (zip.getInt(at) == END) {
                if (at + END_BYTES + unsigned16(at + 20) == zip.limit()) {
                    return at;
                }
                last = Math.max(last, at);
            }
        }
        if (last >= 0) {
            return last;
        }
        boolean begins = zip.limit() >= FILE_BYTES && zip.getInt(0) == FILE;
        throw begins ? cut() : new IOException("it is no zip archive");
    }

    private IOException cut() {
        return new IOException(
                "it was cut short, or its directory does not say where its files are: send the whole archive");
    }

    private void read(int end) throws IOException {
        int behind = end;
        int count = unsigned16(end + 10);
        long bytes = unsigned32(end + 12);
        long start = unsigned32(end + 16);
        int locator = end - LOCATOR64_BYTES;
        if (locator >= END64_BYTES && zip.getInt(locator) == LOCATOR64) {
            behind = locator - END64_BYTES;
            require(zip.getInt(behind) == END64);
            count = Math.toIntExact(zip.getLong(behind + 32));
            bytes = zip.getLong(behind + 40);
            start = zip.getLong(behind + 48);
        }
        if (count > MOST_ENTRIES) {
            throw new IOException("it lists " + count + " files and folders, at most " + MOST_ENTRIES + " are allowed");
        }
        // What was put before an archive, such as a program that unpacks it, moves all of it.
        int at = Math.toIntExact(behind - bytes);
        int moved = Math.toIntExact(at - start);
        for (int i = 0; i < count; i++) {
            at = entry(at, moved);
        }
    }

    /** Reads one entry, and says where the next one is. */
    private int entry(int at, int moved) throws IOException {
        require(zip.getInt(at) == LISTED);
        int flags = unsigned16(at + 8);
        int nameBytes = unsigned16(at + 28);
        int extra = at + LISTED_BYTES + nameBytes;
        int next = extra + unsigned16(at + 30) + unsigned16(at + 32);
        Zip64 zip64 = new Zip64(extra, unsigned16(at + 30));
        zip64.value(unsigned32(at + 24));
        int packedBytes = Math.toIntExact(zip64.value(unsigned32(at + 20)));
        int file = Math.addExact(Math.toIntExact(zip64.value(unsigned32(at + 42))), moved);
        require(zip.getInt(file) == FILE);
        int start = file + FILE_BYTES + unsigned16(file + 26) + unsigned16(file + 28);
        require(packedBytes >= 0 && packedBytes <= zip.limit() - start);
        // No two files share bytes, or a small archive would take long to unpack, even to nothing.
        allPackedBytes += packedBytes;
        require(allPackedBytes <= zip.limit());
        entries.add(new Entry(
                name(at + LISTED_BYTES, nameBytes, flags),
                (flags & ENCRYPTED) != 0,
                unsigned16(at + 10),
                start,
                packedBytes,
                unsigned32(at + 16)));
        return next;
    }

    private void require(boolean holds) throws IOException {
        if (!holds) {
            throw cut();
        }
    }

    /** UTF-8 if it says so, or if it can be: some write that without saying so; else what PCs had (appendix D). */
    private String name(int at, int length, int flags) throws IOException {
        ByteBuffer name = zip.slice(at, length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(name.duplicate()).toString();
        } catch (CharacterCodingException e) {
            require((flags & UTF_8) == 0);
            return Charset.forName("IBM437").decode(name).toString();
        }
    }

    private int unsigned16(int at) {
        return Short.toUnsignedInt(zip.getShort(at));
    }

    private long unsigned32(int at) {
        return Integer.toUnsignedLong(zip.getInt(at));
    }

    /** The extra field with the numbers that have no room in an entry, in the entry's order. */
    private final class Zip64 {
        private static final int ID = 1;
        private int next = -1;

        Zip64(int extra, int bytes) {
            for (int at = extra; at + 4 <= extra + bytes && next < 0; at += 4 + unsigned16(at + 2)) {
                if (unsigned16(at) == ID) {
                    next = at + 4;
                }
            }
        }

        long value(long inEntry) {
            if (inEntry != IN_ZIP64) {
                return inEntry;
            }
            next += Long.BYTES;
            return zip.getLong(next - Long.BYTES);
        }
    }
}
