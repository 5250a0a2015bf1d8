package imagefunctions.imaging.codec;

import imagefunctions.imaging.error.DamagedImageException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Set;

/** What a PNG file holds, checked before it is decoded. */
final class PngFile {
    /** The chunks that make pixels; others may be inflated to a thousand times their length. */
    private static final Set<String> PIXELS = Set.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");

    private static final int SIGNATURE = 8;
    private static final int MAX_PALETTE = 768;

    /** The most that a byte of deflated data becomes: 258 bytes are coded in 2 bits. */
    static final int DEFLATE = 1032;

    private PngFile() {}

    /**
     * The file reduced to what makes its pixels.
     *
     * @throws DamagedImageException if it is too short for them
     */
    static byte[] reduced(byte[] file, PixelLimit limit) {
        ByteBuffer chunks = ByteBuffer.wrap(file);
        ByteArrayOutputStream reduced = new ByteArrayOutputStream(file.length);
        reduced.write(file, 0, SIGNATURE);
        long data = 0;
        long at = SIGNATURE;
        while (at + 8 <= file.length) {
            int chunk = (int) at;
            long length = Integer.toUnsignedLong(chunks.getInt(chunk));
            String name = Chunks.PNG.name(file, chunk);
            long end = Math.min(at + 12 + length, file.length);
            if (name.equals("IDAT")) {
                data += Math.min(length, file.length - at - 8);
            } else if (PIXELS.contains(name) && length > MAX_PALETTE) {
                throw new DamagedImageException("PNG file has a broken palette", null);
            }
            if (PIXELS.contains(name)) {
                reduced.write(file, chunk, (int) (end - at));
            }
            at += 12 + length;
        }
        checkHeader(chunks, data, limit);
        return reduced.toByteArray();
    }

    /** PNG, 11.2.1: the first chunk has width, height, bits of a sample and the colour type. */
    private static void checkHeader(ByteBuffer file, long data, PixelLimit limit) {
        if (file.limit() < SIGNATURE + 8 + 10) {
            throw new DamagedImageException("PNG file ends before its pixels begin", null);
        }
        int width = file.getInt(16);
        int height = file.getInt(20);
        int bits = file.get(24);
        int samples =
                switch (file.get(25)) {
                    case 2 -> 3;
                    case 4 -> 2;
                    case 6 -> 4;
                    default -> 1;
                };
        limit.check(width, height, (long) samples * Math.ceilDiv(bits, 8));
        if (data * DEFLATE < (long) width * height * bits * samples / 8) {
            throw new DamagedImageException("PNG file is too short for its pixels", null);
        }
    }
}
