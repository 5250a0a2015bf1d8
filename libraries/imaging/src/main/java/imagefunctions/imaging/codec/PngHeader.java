package imagefunctions.imaging.codec;

import imagefunctions.imaging.error.DamagedImageException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * The header of a PNG file (PNG, 11.2.1).
 *
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param depth bits a sample or palette index: 1, 2, 4, 8 or 16, as the type allows
 * @param interlaced whether the rows come in the seven passes of Adam7
 */
record PngHeader(int width, int height, int depth, Type type, boolean interlaced) {
    private static final int LENGTH = 13;

    /** What a pixel is made of. */
    enum Type {
        GREY(0, 1, 1, 2, 4, 8, 16),
        RGB(2, 3, 8, 16),
        PALETTE(3, 1, 1, 2, 4, 8),
        GREY_ALPHA(4, 2, 8, 16),
        RGB_ALPHA(6, 4, 8, 16);

        private final int code;
        private final int samples;

        @SuppressWarnings("ImmutableEnumChecker") // made by List.of
        private final List<Integer> depths;

        Type(int code, int samples, Integer... depths) {
            this.code = code;
            this.samples = samples;
            this.depths = List.of(depths);
        }
    }

    static PngHeader of(byte[] chunk) {
        if (chunk.length < LENGTH) {
            throw new DamagedImageException("PNG file is cut short in its header", null);
        }
        ByteBuffer bytes = ByteBuffer.wrap(chunk);
        int width = bytes.getInt();
        int height = bytes.getInt();
        int depth = bytes.get();
        int code = bytes.get();
        int compression = bytes.get();
        int filter = bytes.get();
        int interlace = bytes.get();
        Type type = Arrays.stream(Type.values())
                .filter(each -> each.code == code && each.depths.contains(depth))
                .findFirst()
                .orElseThrow(() -> new DamagedImageException(
                        "PNG file's header states a colour type of %d with %d bits, which does not exist"
                                .formatted(code, depth),
                        null));
        if (width < 1 || height < 1 || compression != 0 || filter != 0 || interlace < 0 || interlace > 1) {
            throw new DamagedImageException("PNG file's header is broken", null);
        }
        return new PngHeader(width, height, depth, type, interlace == 1);
    }

    int bitsPerPixel() {
        return depth * type.samples;
    }

    /** The bytes of a number of pixels side by side. */
    int rowBytes(int pixels) {
        return Math.toIntExact(((long) pixels * bitsPerPixel() + 7) / 8);
    }
}
