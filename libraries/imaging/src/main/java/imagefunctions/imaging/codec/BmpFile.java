package imagefunctions.imaging.codec;

import imagefunctions.imaging.error.DamagedImageException;
import imagefunctions.imaging.error.NotAnImageException;
import imagefunctions.imaging.pixels.IccProfile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a BMP file's headers say, checked before it is decoded. */
final class BmpFile {
    private static final int FILE_HEADER = 14;
    private static final int OS2_HEADER = 12;
    private static final int OS2_HEADER_LEAST = 16;
    private static final int OS2_HEADER_MOST = 64;
    private static final int USUAL_HEADER = 40;
    private static final int HEADER_WITH_ALPHA = 56;
    private static final List<Integer> WINDOWS_HEADERS = List.of(USUAL_HEADER, 52, HEADER_WITH_ALPHA);
    private static final int BITS = 28;
    private static final int COMPRESSION = 30;
    private static final int ALPHA_MASK = 66;

    private static final int HEADER_WITH_PROFILE = 124;
    private static final int COLOUR_SPACE = 70;
    private static final int PROFILE_AT = 126;
    private static final int PROFILE_LENGTH = 130;

    /** {@code PROFILE_EMBEDDED}; another one is in a file of its own. */
    private static final int EMBEDDED = 'M' << 24 | 'B' << 16 | 'E' << 8 | 'D';

    /** A pixel's, in the file with 32 bits each and in what is read of it. */
    private static final int WIDENED_BYTES = 8;

    private static final int RUNS_OF_8 = 1;
    private static final int RUNS_OF_4 = 2;
    private static final int BIT_FIELDS = 3;
    private static final int BIT_FIELDS_WITH_ALPHA = 6;

    private BmpFile() {}

    /**
     * Checks the place and the least length of its pixels.
     *
     * @return the file as its reader takes it: with the padding of its last row, which some programs leave out
     * @throws DamagedImageException if the file is too short for them
     * @throws NotAnImageException if they are another file within this one
     */
    static byte[] checked(byte[] sent, PixelLimit limit) {
        if (sent.length < FILE_HEADER + OS2_HEADER) {
            throw tooShort();
        }
        byte[] file = withKnownHeader(sent);
        ByteBuffer headers = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
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
        int bits = Short.toUnsignedInt(headers.getShort(os2 ? 24 : BITS));
        int compression = os2 ? 0 : headers.getInt(COMPRESSION);
        boolean fits =
                switch (compression) {
                    case RUNS_OF_8 -> bits == 8;
                    case RUNS_OF_4 -> bits == 4;
                    case BIT_FIELDS -> bits == 16 || bits == 32;
                    default -> true;
                };
        if (!fits) {
            // OS/2 has Huffman codes by that number.
            throw NotAnImageException.unsupported(
                    "A BMP of %d bits and compression %d".formatted(bits, compression), null);
        }
        limit.check(width, height, Math.ceilDiv(bits, 8));
        long bytes =
                switch (compression) {
                    case 0, BIT_FIELDS, BIT_FIELDS_WITH_ALPHA -> Math.ceilDiv(width * bits, 32) * 4 * height;
                    // A run has at most 255 pixels, in two bytes; pixels that no run brings are missing.
                    case RUNS_OF_8, RUNS_OF_4 -> width * height / 255 * 2;
                    default -> throw NotAnImageException.unsupported("A BMP of compression " + compression, null);
                };
        long missing = pixels + bytes - file.length;
        if (missing > (compression == RUNS_OF_8 || compression == RUNS_OF_4 ? 0 : padding(width * bits))) {
            throw tooShort();
        }
        if (compression == RUNS_OF_8 || compression == RUNS_OF_4) {
            return BmpRuns.unpacked(file, (int) pixels, bits, (int) width, (int) height);
        }
        byte[] whole = missing > 0 ? Arrays.copyOf(file, file.length + (int) missing) : file;
        if (compression == 0 && bits > 8 && headers.getInt(FILE_HEADER) > USUAL_HEADER) {
            // Longer headers have room for masks of the colours, which mean nothing here; the reader would look at
            // them.
            return withHeader(whole, USUAL_HEADER);
        }
        if (!hasAlphaMask(headers, compression, pixels)) {
            return whole;
        }
        byte[] known = withKnownAlphaMask(whole, headers.getInt(FILE_HEADER));
        if (bits != 16) {
            return known;
        }
        limit.check(width, height, WIDENED_BYTES);
        return widened(known, (int) pixels, (int) width, (int) height);
    }

    /** The colour profile within a file, whose place is counted from the header (BITMAPV5HEADER). */
    static Optional<IccProfile> profile(byte[] file) {
        ByteBuffer headers = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (file.length < FILE_HEADER + HEADER_WITH_PROFILE
                || headers.getInt(FILE_HEADER) < HEADER_WITH_PROFILE
                || headers.getInt(COLOUR_SPACE) != EMBEDDED) {
            return Optional.empty();
        }
        long start = FILE_HEADER + Integer.toUnsignedLong(headers.getInt(PROFILE_AT));
        long end = start + Integer.toUnsignedLong(headers.getInt(PROFILE_LENGTH));
        return end > file.length ? Optional.empty() : IccProfile.of(Arrays.copyOfRange(file, (int) start, (int) end));
    }

    /** OS/2's later headers have up to 64 bytes: the usual header's, which may end early, and then others. */
    private static byte[] withKnownHeader(byte[] file) {
        ByteBuffer from = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int length = from.getInt(FILE_HEADER);
        if (length < OS2_HEADER_LEAST || length >= OS2_HEADER_MOST || WINDOWS_HEADERS.contains(length)) {
            return file;
        }
        if (file.length < FILE_HEADER + length) {
            throw tooShort();
        }
        int shift = USUAL_HEADER - length;
        ByteBuffer to = ByteBuffer.allocate(file.length + shift).order(ByteOrder.LITTLE_ENDIAN);
        to.put(file, 0, FILE_HEADER + Math.min(length, USUAL_HEADER));
        to.putInt(10, (int) Math.min(Integer.MAX_VALUE, Integer.toUnsignedLong(from.getInt(10)) + shift));
        to.putInt(FILE_HEADER, USUAL_HEADER);
        to.position(FILE_HEADER + USUAL_HEADER);
        return to.put(file, FILE_HEADER + length, file.length - FILE_HEADER - length)
                .array();
    }

    private static boolean hasAlphaMask(ByteBuffer headers, int compression, long pixels) {
        boolean said = compression == BIT_FIELDS_WITH_ALPHA
                || (compression == BIT_FIELDS && headers.getInt(FILE_HEADER) >= HEADER_WITH_ALPHA);
        return said && pixels > ALPHA_MASK && headers.getInt(ALPHA_MASK) != 0;
    }

    /** Masks behind a usual header lie just where the next longer one has them, whose alpha has a name of its own. */
    private static byte[] withKnownAlphaMask(byte[] file, int header) {
        byte[] copy = withHeader(file, Math.max(header, HEADER_WITH_ALPHA));
        copy[COMPRESSION] = (byte) (header > HEADER_WITH_ALPHA ? BIT_FIELDS : BIT_FIELDS_WITH_ALPHA);
        return copy;
    }

    private static byte[] withHeader(byte[] file, int length) {
        byte[] copy = file.clone();
        ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN).putInt(FILE_HEADER, length);
        return copy;
    }

    /** Pixels of 16 bits as the same in 32: of the others, the reader leaves the alpha out. */
    private static byte[] widened(byte[] file, int pixels, int width, int height) {
        int rowBytes = Math.ceilDiv(width, 2) * 4;
        ByteBuffer from = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer to = ByteBuffer.allocate(Math.addExact(pixels, Math.multiplyExact(4 * width, height)))
                .order(ByteOrder.LITTLE_ENDIAN);
        to.put(file, 0, pixels).putShort(BITS, (short) 32);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                to.putInt(Short.toUnsignedInt(from.getShort(pixels + y * rowBytes + 2 * x)));
            }
        }
        return to.array();
    }

    /** The bytes behind a row, whose length is a multiple of four. */
    private static long padding(long rowBits) {
        return Math.ceilDiv(rowBits, 32) * 4 - Math.ceilDiv(rowBits, 8);
    }

    private static DamagedImageException tooShort() {
        return new DamagedImageException("BMP file is too short for its pixels", null);
    }
}
