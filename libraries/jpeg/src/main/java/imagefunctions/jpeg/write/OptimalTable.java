package imagefunctions.jpeg.write;

import imagefunctions.jpeg.format.HuffmanTable;
import java.util.Arrays;

/** Computes optimal Huffman tables with codes of at most 16 bits (ITU-T T.81, K.2). */
final class OptimalTable {
    private static final int RESERVED = 256;
    private static final int LONGEST_BEFORE_CUT = 257;

    private OptimalTable() {}

    /** The table for these symbol frequencies; symbols that do not occur get no code. */
    static HuffmanTable of(int[] frequencies) {
        int[] lengths = lengths(frequencies);
        int[] counts = new int[LONGEST_BEFORE_CUT];
        for (int symbol = 0; symbol <= RESERVED; symbol++) {
            if (lengths[symbol] > 0) {
                counts[lengths[symbol]]++;
            }
        }
        limitLengths(counts);
        // The longest code is the reserved symbol's: no code may be all ones.
        int longest = HuffmanTable.MAX_CODE_LENGTH;
        while (counts[longest] == 0) {
            longest--;
        }
        counts[longest]--;
        byte[] definition = new byte[HuffmanTable.MAX_CODE_LENGTH + RESERVED];
        for (int length = 1; length <= HuffmanTable.MAX_CODE_LENGTH; length++) {
            definition[length - 1] = (byte) counts[length];
        }
        int at = HuffmanTable.MAX_CODE_LENGTH;
        for (int length = 1; length < LONGEST_BEFORE_CUT; length++) {
            for (int symbol = 0; symbol < RESERVED; symbol++) {
                if (lengths[symbol] == length) {
                    definition[at++] = (byte) symbol;
                }
            }
        }
        return HuffmanTable.of(Arrays.copyOf(definition, at));
    }

    /** Merges the two least frequent trees until one is left (figure K.1). */
    private static int[] lengths(int[] frequencies) {
        long[] weight = new long[RESERVED + 1];
        int[] length = new int[RESERVED + 1];
        int[] other = new int[RESERVED + 1];
        Arrays.fill(other, -1);
        for (int symbol = 0; symbol < RESERVED; symbol++) {
            weight[symbol] = frequencies[symbol];
        }
        weight[RESERVED] = 1;
        while (true) {
            int first = rarest(weight, -1);
            int second = rarest(weight, first);
            if (second < 0) {
                return length;
            }
            weight[first] += weight[second];
            weight[second] = 0;
            int last = deepen(first, length, other);
            other[last] = second;
            deepen(second, length, other);
        }
    }

    private static int rarest(long[] weight, int except) {
        int found = -1;
        for (int i = 0; i < weight.length; i++) {
            if (i != except && weight[i] > 0 && (found < 0 || weight[i] <= weight[found])) {
                found = i;
            }
        }
        return found;
    }

    private static int deepen(int symbol, int[] length, int[] other) {
        int at = symbol;
        length[at]++;
        while (other[at] >= 0) {
            at = other[at];
            length[at]++;
        }
        return at;
    }

    /** Limits code lengths by moving pairs of codes up the tree (figure K.3). */
    private static void limitLengths(int[] counts) {
        for (int length = LONGEST_BEFORE_CUT - 1; length > HuffmanTable.MAX_CODE_LENGTH; length--) {
            while (counts[length] > 0) {
                int shorter = length - 2;
                while (counts[shorter] == 0) {
                    shorter--;
                }
                counts[length] -= 2;
                counts[length - 1]++;
                counts[shorter + 1] += 2;
                counts[shorter]--;
            }
        }
    }
}
