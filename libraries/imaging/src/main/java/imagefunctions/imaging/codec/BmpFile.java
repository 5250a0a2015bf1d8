package imagefunctions.imaging.codec;

import imagefunctions.imaging.error.DamagedImageException;
import imagefunctions.imaging.error.NotAnImageException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What a BMP file's headers say, checked before it is decoded. */
final class BmpFile {
    private static final int FILE_HEADER = 14;
    private static final int OS2_HEADER = 12;
    private static final int USUAL_HEADER = 40;

    private BmpFile() {}

    /**
     * Checks the place and the least length of its pixels.
     *
     * @throws DamagedImageException if the file is too short for them
     * @throws NotAnImageException if they are another file within this one
     */
    static void check(byte[] file, PixelLimit limit) {
        ByteBuffer headers = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (file.length < FILE_HEADER + OS2_HEADER) {
            throw tooShort();
        }
        long pixels = Integer.toUnsignedLong(headers.getInt(10));
        boolean os2 = headers.getInt(14) == OS2_HEADER;
        if (!os2 && file.length < FILE_HEADER + USUAL_HEADER) {
            throw tooShort();
        }
        long width = os2 ? Short.toUnsignedInt(headers.getShort(18)) : headers.getInt(18);
        // Rows from the top down are a negative height.
        long height = os2 ? Short.toUnsignedInt(headers.getShort(20)) : Math.abs((long) headers.getInt(22));
        if (width < 1 || height < 1) {
            throw new DamagedImageException("BMP file's header states no size", null);
        }
        int bits = Short.toUnsignedInt(headers.getShort(os2 ? 24 : 28));
        int compression = os2 ? 0 : headers.getInt(30);
        limit.check(width, height, Math.ceilDiv(bits, 8));
        long bytes =
                switch (compression) {
                    case 0, 3, 6 -> Math.ceilDiv(width * bits, 32) * 4 * height;
                    // A run has at most 255 pixels, in two bytes; pixels that no run brings are missing.
                    case 1, 2 -> width * height / 255 * 2;
                    default -> throw NotAnImageException.unsupported("A BMP of compression " + compression, null);
                };
        if (pixels + bytes > file.length) {
            throw tooShort();
        }
    }

    private static DamagedImageException tooShort() {
        return new DamagedImageException("BMP file is too short for its pixels", null);
    }
}
