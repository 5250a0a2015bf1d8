package imagefunctions.functions.chaining.run;

import imagefunctions.functions.chaining.workflow.Body;
import imagefunctions.functions.chaining.workflow.Bounds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/** The files of a zip archive that somebody sent, within limits on their number and what they unpack to. */
final class ZipEntries {
    private static final int PIECE = 64 << 10;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;

    private final byte[] zip;
    private final long maxBody;
    private final MemoryBudget.Share memory;

    private ZipEntries(byte[] zip, long maxBody, MemoryBudget.Share memory) {
        this.zip = zip;
        this.maxBody = maxBody;
        this.memory = memory;
    }

    /** There is no memory left for what the files unpack to. */
    static final class NoMemoryException extends IOException {}

    /**
     * Unpacks the files; folders are passed over.
     *
     * @param maxBody maximum bytes of one file
     * @param memory counts what they unpack to
     * @throws IOException if it is no zip with files, or too much, with the reason
     */
    static List<NamedBody> of(Body zip, long maxBody, MemoryBudget.Share memory) throws IOException {
        List<ZipDirectory.Entry> files = ZipDirectory.of(zip.bytes()).stream()
                .filter(entry -> !entry.isFolder())
                .toList();
        if (files.isEmpty()) {
            throw new IOException("it is a zip archive without files");
        }
        if (files.size() > Bounds.VALUES) {
            throw new IOException("it has " + files.size() + " files, at most " + Bounds.VALUES + " are allowed");
        }
        ZipEntries entries = new ZipEntries(zip.bytes(), maxBody, memory);
        List<NamedBody> bodies = new ArrayList<>();
        for (ZipDirectory.Entry file : files) {
            bodies.add(new NamedBody(file.name(), entries.unpacked(file)));
        }
        return bodies;
    }

    private Body unpacked(ZipDirectory.Entry file) throws IOException {
        Inflater inflater = new Inflater(true);
        try {
            CheckedInputStream in = new CheckedInputStream(content(file, inflater), new CRC32());
            byte[] content = whole(file, in);
            if (in.getChecksum().getValue() != file.crc()) {
                throw damaged(file);
            }
            String type = URLConnection.guessContentTypeFromName(file.name());
            return new Body(type == null ? "application/octet-stream" : type, content);
        } catch (ZipException | EOFException e) {
            throw damaged(file);
        } finally {
            inflater.end();
        }
    }

    private InputStream content(ZipDirectory.Entry file, Inflater inflater) throws IOException {
        InputStream packed = new ByteArrayInputStream(zip, file.start(), file.packedBytes());
        return switch (file.isEncrypted() ? -1 : file.method()) {
            case STORED -> packed;
            case DEFLATED -> new InflaterInputStream(packed, inflater);
            default ->
                throw new IOException("the file " + file.name()
                        + " cannot be unpacked: pack the archive with deflate, and without a password");
        };
    }

    private byte[] whole(ZipDirectory.Entry file, InputStream in) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] piece = in.readNBytes(PIECE); piece.length > 0; piece = in.readNBytes(PIECE)) {
            if (content.size() + piece.length > maxBody) {
                throw new IOException("the file " + file.name() + " is larger than " + maxBody
                        + " bytes: make it smaller, or raise IMAGE_FUNCTIONS_MAX_BODY");
            }
            if (!memory.reserve(piece.length)) {
                throw new NoMemoryException();
            }
            content.write(piece);
        }
        return content.toByteArray();
    }

    private static IOException damaged(ZipDirectory.Entry file) {
        return new IOException("the file " + file.name() + " is damaged: send the archive again");
    }
}
