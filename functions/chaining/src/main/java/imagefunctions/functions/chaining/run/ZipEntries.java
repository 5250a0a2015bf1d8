package imagefunctions.functions.chaining.run;

import imagefunctions.functions.chaining.workflow.Body;
import imagefunctions.functions.chaining.workflow.Bounds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/** The files of a zip archive that somebody sent, within limits on their number and what they unpack to. */
final class ZipEntries {
    private static final int PIECE = 64 << 10;
    /** The end of the directory, behind which only a comment may follow (APPNOTE.TXT, 4.3.16). */
    private static final int END = 0x06054b50;

    private static final int END_BYTES = 22;
    private static final int LONGEST_COMMENT = 0xffff;

    private ZipEntries() {}

    /**
     * Unpacks the files; folders are passed over.
     *
     * @param maxBody maximum bytes of one file
     * @param memory counts what they unpack to
     * @throws IOException if it is no zip with files, or too much, with the reason
     */
    static List<NamedBody> of(Body zip, long maxBody, MemoryBudget.Share memory) throws IOException {
        List<NamedBody> files = new ArrayList<>();
        int entries = 0;
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip.bytes()))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries++;
                if (entry.isDirectory()) {
                    continue;
                }
                if (files.size() == Bounds.VALUES) {
                    throw new IOException("it has more than " + Bounds.VALUES + " files, which is the most");
                }
                files.add(new NamedBody(entry.getName(), file(entry.getName(), in, maxBody, memory)));
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("the name of a file is not UTF-8", e);
        } catch (ZipException e) {
            throw new IOException(e.getMessage() + ": pack its files with deflate, without a password", e);
        }
        if (files.isEmpty()) {
            throw new IOException("it is no zip archive with files");
        }
        requireWhole(zip.bytes(), entries);
        return files;
    }

    /** The directory at the end says how many there are: without it, an archive that was cut between two files seems whole. */
    private static void requireWhole(byte[] zip, int entries) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int first = Math.max(0, zip.length - END_BYTES - LONGEST_COMMENT);
        for (int at = zip.length - END_BYTES; at >= first; at--) {
            if (bytes.getInt(at) == END && Short.toUnsignedInt(bytes.getShort(at + 10)) == entries) {
                return;
            }
        }
        throw new IOException(
                "it was cut short, or its directory does not list what it contains: send the whole archive");
    }

    private static Body file(String name, ZipInputStream in, long maxBody, MemoryBudget.Share memory)
            throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (byte[] piece = in.readNBytes(PIECE); piece.length > 0; piece = in.readNBytes(PIECE)) {
            if (file.size() + piece.length > maxBody) {
                throw new IOException("the file " + name + " is larger than " + maxBody
                        + " bytes: make it smaller, or raise IMAGE_FUNCTIONS_MAX_BODY");
            }
            if (!memory.reserve(piece.length)) {
                throw new IOException("running workflows have used up the memory set aside for bodies: try again later,"
                        + " or raise IMAGE_FUNCTIONS_MAX_HELD");
            }
            file.write(piece);
        }
        String type = URLConnection.guessContentTypeFromName(name);
        return new Body(type == null ? "application/octet-stream" : type, file.toByteArray());
    }
}
