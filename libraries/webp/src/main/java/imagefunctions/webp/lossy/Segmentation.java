package imagefunctions.webp.lossy;

/**
 * The segments that macroblocks belong to (RFC 6386, 9.3), each with a quantiser and a strength of the loop filter.
 *
 * @param enabled whether there are any; if not, all macroblocks are of segment 0
 * @param mapped whether each macroblock names its segment
 * @param absolute whether the values replace those of the frame, or are added to them
 * @param probabilities of the tree of segments
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Segmentation(
        boolean enabled, boolean mapped, boolean absolute, int[] quantisers, int[] levels, int[] probabilities) {
    static final int COUNT = 4;

    static Segmentation read(BoolDecoder header) {
        int[] quantisers = new int[COUNT];
        int[] levels = new int[COUNT];
        int[] probabilities = new int[COUNT - 1];
        if (!header.flag()) {
            return new Segmentation(false, false, false, quantisers, levels, probabilities);
        }
        boolean mapped = header.flag();
        // If there are no values, all are zero, not those of the frame, as libwebp has it.
        boolean absolute = true;
        if (header.flag()) {
            absolute = header.flag();
            for (int i = 0; i < COUNT; i++) {
                quantisers[i] = header.optionalSigned(7);
            }
            for (int i = 0; i < COUNT; i++) {
                levels[i] = header.optionalSigned(6);
            }
        }
        if (mapped) {
            for (int i = 0; i < probabilities.length; i++) {
                probabilities[i] = header.flag() ? header.number(8) : 255;
            }
        }
        return new Segmentation(true, mapped, absolute, quantisers, levels, probabilities);
    }

    int quantiser(int segment, int base) {
        return value(quantisers[segment], base);
    }

    int level(int segment, int base) {
        return value(levels[segment], base);
    }

    private int value(int own, int base) {
        return !enabled ? base : absolute ? own : base + own;
    }

    /** Reads the segment of a macroblock. */
    int segment(BoolDecoder modes) {
        if (!mapped) {
            return 0;
        }
        return modes.bit(probabilities[0]) == 0 ? modes.bit(probabilities[1]) : 2 + modes.bit(probabilities[2]);
    }
}
