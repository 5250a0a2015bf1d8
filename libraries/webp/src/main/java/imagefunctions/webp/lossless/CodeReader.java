package imagefunctions.webp.lossless;

import imagefunctions.webp.format.DamagedWebpException;
import imagefunctions.webp.format.UnsupportedWebpException;
import java.util.Arrays;

/** Reads the prefix codes of a picture (RFC 9649, 3.7.2.1). */
final class CodeReader {
    static final int LITERALS = 256;
    static final int LENGTHS = 24;
    private static final int DISTANCES = 40;
    private static final int[] ORDER = {17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    private static final int REPEAT_PREVIOUS = 16;
    private static final int REPEAT_ZERO = 17;
    private static final int INITIAL_LENGTH = 8;

    /** A group has five codes, and the shortest description of one takes four bits. */
    private static final int LEAST_BITS = 20;

    /** Entries of all tables, two bytes each: an encoder's largest file needs a fifth of them. */
    private static final int MAX_ENTRIES = 16 << 20;

    private final BitReader bits;
    private final int greens;
    private final int[] lengths;
    private int entries;

    CodeReader(BitReader bits, int cacheSize) {
        this.bits = bits;
        greens = LITERALS + LENGTHS + cacheSize;
        lengths = new int[greens];
    }

    /**
     * Reads groups of codes.
     *
     * @param used which of them are used; the others are read but not kept
     */
    CodeGroup[] groups(boolean[] used) {
        if ((long) used.length * LEAST_BITS > bits.remaining()) {
            throw new DamagedWebpException("The lossless WebP picture is too short for its prefix codes.");
        }
        CodeGroup[] groups = new CodeGroup[used.length];
        for (int i = 0; i < groups.length; i++) {
            if (used[i]) {
                groups[i] = group();
            } else {
                skipGroup();
            }
        }
        return groups;
    }

    CodeGroup group() {
        CodeGroup group = new CodeGroup(code(greens), code(LITERALS), code(LITERALS), code(LITERALS), code(DISTANCES));
        entries += group.size();
        if (entries > MAX_ENTRIES) {
            throw new UnsupportedWebpException("A lossless WebP picture with this many prefix codes");
        }
        return group;
    }

    private void skipGroup() {
        for (int alphabet : new int[] {greens, LITERALS, LITERALS, LITERALS, DISTANCES}) {
            readLengths(alphabet);
            PrefixCode.validate(lengths, alphabet);
        }
    }

    private PrefixCode code(int alphabet) {
        readLengths(alphabet);
        return PrefixCode.of(lengths, alphabet);
    }

    private void readLengths(int alphabet) {
        Arrays.fill(lengths, 0);
        if (bits.flag()) {
            int symbols = bits.read(1) + 1;
            for (int i = 0; i < symbols; i++) {
                int symbol = bits.read(i > 0 || bits.flag() ? 8 : 1);
                if (symbol >= alphabet) {
                    throw new DamagedWebpException("The lossless WebP picture has a broken prefix code.");
                }
                lengths[symbol] = 1;
            }
        } else {
            readCodedLengths(alphabet);
        }
    }

    private void readCodedLengths(int alphabet) {
        int[] lengthsOfLengths = new int[ORDER.length];
        int given = bits.read(4) + 4;
        for (int i = 0; i < given; i++) {
            lengthsOfLengths[ORDER[i]] = bits.read(3);
        }
        PrefixCode code = PrefixCode.of(lengthsOfLengths, ORDER.length);
        int left = bits.flag() ? 2 + bits.read(2 + 2 * bits.read(3)) : alphabet;
        if (left > alphabet) {
            throw new DamagedWebpException("The lossless WebP picture has a broken prefix code.");
        }
        int previous = INITIAL_LENGTH;
        for (int symbol = 0; symbol < alphabet && left > 0; left--) {
            bits.refill();
            int length = bits.symbol(code);
            if (length < REPEAT_PREVIOUS) {
                lengths[symbol++] = length;
                previous = length == 0 ? previous : length;
            } else {
                int count =
                        switch (length) {
                            case REPEAT_PREVIOUS -> 3 + bits.read(2);
                            case REPEAT_ZERO -> 3 + bits.read(3);
                            default -> 11 + bits.read(7);
                        };
                if (symbol + count > alphabet) {
                    throw new DamagedWebpException("The lossless WebP picture has a broken prefix code.");
                }
                Arrays.fill(lengths, symbol, symbol + count, length == REPEAT_PREVIOUS ? previous : 0);
                symbol += count;
            }
            bits.check();
        }
    }
}
