package imagefunctions.webp.lossless;

import imagefunctions.webp.format.DamagedWebpException;
import imagefunctions.webp.format.Data;
import imagefunctions.webp.format.Interruption;
import imagefunctions.webp.format.UnsupportedWebpException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * Decodes a VP8L bitstream (RFC 9649, section 3).
 *
 * <p>Memory: four bytes a pixel, three quarters of a byte for what is stored for each block of pixels, and at most 32 MB
 * of prefix codes; what is made of the rows comes on top.
 */
public final class LosslessDecoder {
    private static final int PREDICTOR = 0;
    private static final int COLOUR = 1;
    private static final int SUBTRACT_GREEN = 2;
    private static final int MIN_BLOCK_BITS = 2;

    private LosslessDecoder() {}

    /** Takes the rows of a picture, from top to bottom. */
    @FunctionalInterface
    public interface Rows {

        /**
         * Takes a row.
         *
         * @param argb alpha, red, green and blue of each pixel, not multiplied; only valid during the call, and it may be
         *     longer than the row
         */
        void take(int y, int[] argb);
    }

    /**
     * Decodes a picture; all its pixels have been read before the first row is handed out.
     *
     * @param data the bitstream, behind its header
     * @throws DamagedWebpException if it is broken or ends before its last pixel
     * @throws UnsupportedWebpException if its prefix codes take too much memory
     * @throws CancellationException if the thread is interrupted
     */
    public static void decode(Data data, int width, int height, Rows rows) {
        BitReader bits = new BitReader(data);
        List<Inverse> inverses = new ArrayList<>();
        int storedWidth = width;
        int seen = 0;
        while (bits.flag()) {
            int kind = bits.read(2);
            if ((seen & 1 << kind) != 0) {
                throw new DamagedWebpException("The lossless WebP picture has a transform twice.");
            }
            seen |= 1 << kind;
            Inverse inverse = inverse(kind, bits, storedWidth, height);
            inverses.addFirst(inverse);
            storedWidth = inverse instanceof ColourIndexing indexing ? indexing.bundles() : storedWidth;
        }
        int[] stored = Pixels.read(bits, storedWidth, height, true);
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            Interruption.check();
            System.arraycopy(stored, y * storedWidth, row, 0, storedWidth);
            for (Inverse inverse : inverses) {
                inverse.undo(y, row);
            }
            rows.take(y, row);
        }
    }

    private static Inverse inverse(int kind, BitReader bits, int width, int height) {
        return switch (kind) {
            case PREDICTOR -> {
                int blockBits = MIN_BLOCK_BITS + bits.read(3);
                yield new Predictor(width, blockBits, blocks(bits, width, height, blockBits));
            }
            case COLOUR -> {
                int blockBits = MIN_BLOCK_BITS + bits.read(3);
                yield new ColourTransform(width, blockBits, blocks(bits, width, height, blockBits));
            }
            case SUBTRACT_GREEN -> new SubtractGreen(width);
            default -> ColourIndexing.read(bits, width);
        };
    }

    private static int[] blocks(BitReader bits, int width, int height, int blockBits) {
        return Pixels.read(bits, Pixels.blocks(width, blockBits), Pixels.blocks(height, blockBits), false);
    }
}
