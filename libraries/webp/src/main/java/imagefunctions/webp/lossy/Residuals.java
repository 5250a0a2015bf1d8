package imagefunctions.webp.lossy;

import imagefunctions.webp.format.DamagedWebpException;
import java.util.Arrays;

/**
 * Reads the coefficients of macroblocks (RFC 6386, section 13), one after the other, and holds those of the last:
 * sixteen blocks of luma, four each of both chromas, dequantised.
 */
final class Residuals {
    static final int BLOCK = 16;
    private static final int BLOCKS = 24;
    private static final int FIRST_CHROMA = 16;
    private static final int[] NATURAL = {0, 1, 4, 8, 5, 2, 3, 6, 9, 12, 13, 10, 7, 11, 14, 15};

    /** The probabilities of the extra bits of large values. */
    private static final int[][] LARGE = {
        {173, 148, 140},
        {176, 155, 140, 135},
        {180, 157, 141, 134, 130},
        {254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129}
    };

    /** Types of blocks, as {@link CoefficientProbabilities} has them. */
    private static final int LUMA_WITHOUT_DC = 0;

    private static final int DCS = 1;
    private static final int CHROMA = 2;
    private static final int LUMA = 3;

    /** Differences of 9 bits become coefficients of 12, and their DCs some of 15: larger ones are no picture's. */
    private static final int MOST = (1 << 12) - 1;

    private static final int MOST_OF_DCS = (1 << 15) - 1;

    /** Which blocks above and to the left have coefficients: four of luma, two of each chroma, the one of DCs. */
    private static final int CONTEXT = 9;

    private static final int CONTEXT_OF_DCS = 8;

    private final int[][] probabilities;
    private final byte[] above;
    private final byte[] left = new byte[CONTEXT];
    private final int[] dcs = new int[BLOCK];

    final int[] coefficients = new int[BLOCKS * BLOCK];

    /** How many coefficients of each block, in the order of the zigzag, have to be looked at. */
    final byte[] ends = new byte[BLOCKS];

    /** Whether any block has coefficients. */
    boolean any;

    Residuals(KeyFrame frame) {
        probabilities = frame.probabilities();
        above = new byte[CONTEXT * frame.across()];
    }

    void startRow() {
        Arrays.fill(left, (byte) 0);
    }

    /** The next macroblock has no coefficients. */
    void skip(int column, boolean split) {
        clear();
        // Where blocks have their own modes there is no block of DCs, and its context stays.
        int contexts = split ? CONTEXT_OF_DCS : CONTEXT;
        Arrays.fill(above, CONTEXT * column, CONTEXT * column + contexts, (byte) 0);
        Arrays.fill(left, 0, contexts, (byte) 0);
    }

    /** Reads the next macroblock of the row. */
    void read(BoolDecoder data, int column, boolean split, Quantiser quantiser) {
        clear();
        int top = CONTEXT * column;
        if (!split) {
            readDcs(data, top, quantiser.dcs());
        }
        int type = split ? LUMA : LUMA_WITHOUT_DC;
        readPlane(data, probabilities[type], split ? 0 : 1, 0, 4, top, 0, quantiser.luma());
        readPlane(data, probabilities[CHROMA], 0, FIRST_CHROMA, 2, top + 4, 4, quantiser.chroma());
        readPlane(data, probabilities[CHROMA], 0, FIRST_CHROMA + 4, 2, top + 6, 6, quantiser.chroma());
    }

    private void clear() {
        if (any) {
            Arrays.fill(coefficients, 0);
            Arrays.fill(ends, (byte) 0);
            any = false;
        }
    }

    private void readDcs(BoolDecoder data, int top, Quantiser.Factors factors) {
        Arrays.fill(dcs, 0);
        int context = above[top + CONTEXT_OF_DCS] + left[CONTEXT_OF_DCS];
        int end = block(data, probabilities[DCS], context, 0, factors, dcs, 0, MOST_OF_DCS);
        byte coded = (byte) (end > 0 ? 1 : 0);
        above[top + CONTEXT_OF_DCS] = coded;
        left[CONTEXT_OF_DCS] = coded;
        if (end > 0) {
            InverseTransforms.walshHadamard(dcs, coefficients);
        }
    }

    private void readPlane(
            BoolDecoder data,
            int[] tokens,
            int first,
            int firstBlock,
            int side,
            int top,
            int beside,
            Quantiser.Factors factors) {
        int block = firstBlock;
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int at = block * BLOCK;
                int context = above[top + x] + left[beside + y];
                int end = block(data, tokens, context, first, factors, coefficients, at, MOST);
                byte coded = (byte) (end > first ? 1 : 0);
                above[top + x] = coded;
                left[beside + y] = coded;
                int looked = end > 1 ? end : coefficients[at] != 0 ? 1 : 0;
                ends[block++] = (byte) looked;
                any |= looked > 0;
            }
        }
    }

    /** Reads a block and returns the number of its coefficients, up to the last that is coded. */
    private static int block(
            BoolDecoder data,
            int[] tokens,
            int context,
            int first,
            Quantiser.Factors factors,
            int[] to,
            int at,
            int most) {
        int factor = first == 0 ? factors.dc() : factors.ac();
        int node = first * CoefficientProbabilities.POSITION + context * CoefficientProbabilities.TOKENS;
        int position = first;
        while (position < BLOCK) {
            if (data.bit(tokens[node]) == 0) {
                return position;
            }
            while (data.bit(tokens[node + 1]) == 0) {
                position++;
                factor = factors.ac();
                if (position == BLOCK) {
                    return BLOCK;
                }
                node = position * CoefficientProbabilities.POSITION;
            }
            int next = (position + 1) * CoefficientProbabilities.POSITION;
            int value;
            if (data.bit(tokens[node + 2]) == 0) {
                value = 1;
                node = next + CoefficientProbabilities.TOKENS;
            } else {
                value = large(data, tokens, node);
                if (value * factor > most) {
                    throw new DamagedWebpException("The lossy WebP picture has coefficients that no pixels have.");
                }
                node = next + 2 * CoefficientProbabilities.TOKENS;
            }
            to[at + NATURAL[position++]] = data.signed(value) * factor;
            factor = factors.ac();
        }
        return BLOCK;
    }

    /** A value of 2 or more (RFC 6386, 13.2). */
    private static int large(BoolDecoder data, int[] tokens, int node) {
        if (data.bit(tokens[node + 3]) == 0) {
            if (data.bit(tokens[node + 4]) == 0) {
                return 2;
            }
            return 3 + data.bit(tokens[node + 5]);
        }
        if (data.bit(tokens[node + 6]) == 0) {
            if (data.bit(tokens[node + 7]) == 0) {
                return 5 + data.bit(159);
            }
            return 7 + 2 * data.bit(165) + data.bit(145);
        }
        int high = data.bit(tokens[node + 8]);
        int category = 2 * high + data.bit(tokens[node + 9 + high]);
        int extra = 0;
        for (int probability : LARGE[category]) {
            extra = extra << 1 | data.bit(probability);
        }
        return 3 + (8 << category) + extra;
    }
}
