package imagefunctions.webp.format;

import java.util.Optional;

/**
 * A picture of a file, as its bitstream's header has it.
 *
 * @param left columns of the canvas to its left, even
 * @param top rows of the canvas above it, even
 * @param lossless whether the bitstream is VP8L, not VP8
 * @param alpha the data of the ALPH chunk; only a lossy frame has it
 */
public record Frame(int left, int top, int width, int height, boolean lossless, Data bitstream, Optional<Data> alpha) {
    private static final int LOSSY_HEADER = 10;
    private static final int LOSSLESS_HEADER = 5;
    private static final int LOSSLESS_SIGNATURE = 0x2F;
    private static final int MAX_VERSION = 3;
    private static final int START_CODE = 0x2A019D;

    /** RFC 9649, 3.4: signature, 14 bits of width - 1, 14 of height - 1, one of alpha, three of version. */
    static Frame lossless(Data bitstream) {
        if (bitstream.length() < LOSSLESS_HEADER || bitstream.u8(0) != LOSSLESS_SIGNATURE) {
            throw new DamagedWebpException("The lossless WebP picture does not begin as one does.");
        }
        int bits = bitstream.s32(1);
        if (bits >>> 29 != 0) {
            throw new UnsupportedWebpException("A lossless WebP picture of version " + (bits >>> 29));
        }
        int width = (bits & 0x3FFF) + 1;
        int height = (bits >>> 14 & 0x3FFF) + 1;
        return new Frame(0, 0, width, height, true, bitstream.from(LOSSLESS_HEADER), Optional.empty());
    }

    /** RFC 6386, 9.1: three bytes of frame tag, three of start code, 14 bits of width and of height, 2 of scaling each. */
    static Frame lossy(Data bitstream, Optional<Data> alpha) {
        if (bitstream.length() < LOSSY_HEADER) {
            throw new DamagedWebpException("The lossy WebP picture is cut short in its header.");
        }
        int tag = bitstream.u24(0);
        if ((tag & 1) != 0) {
            throw new UnsupportedWebpException("A WebP picture that builds on another (a VP8 inter frame)");
        }
        if ((tag >> 1 & 7) > MAX_VERSION) {
            throw new UnsupportedWebpException("A WebP picture of VP8 version " + (tag >> 1 & 7));
        }
        if ((tag >> 4 & 1) == 0) {
            throw new UnsupportedWebpException("A WebP picture that is not to be shown");
        }
        int width = bitstream.u16(6) & 0x3FFF;
        int height = bitstream.u16(8) & 0x3FFF;
        if (bitstream.u24(3) != START_CODE || width == 0 || height == 0 || tag >> 5 >= bitstream.length()) {
            throw new DamagedWebpException("The lossy WebP picture's header is broken.");
        }
        return new Frame(0, 0, width, height, false, bitstream, alpha);
    }

    /** The length of the first partition of a lossy bitstream. */
    public int firstPartition() {
        return bitstream.u24(0) >> 5;
    }

    boolean hasSize(int otherWidth, int otherHeight) {
        return width == otherWidth && height == otherHeight;
    }

    Frame at(int x, int y) {
        return new Frame(x, y, width, height, lossless, bitstream, alpha);
    }
}
