package imagefunctions.webp.lossy;

/**
 * The factors of a segment's coefficients (RFC 6386, 9.6 and 14.1): of the first coefficient of a block and of the others.
 *
 * @param dcs of the block that holds the DCs of luma
 */
record Quantiser(Factors luma, Factors dcs, Factors chroma) {
    private static final int MAX_INDEX = 127;
    private static final int MAX_CHROMA_DC_INDEX = 117;
    private static final int MIN_DCS_AC = 8;
    private static final int[] DC = {
        4, 5, 6, 7, 8, 9, 10, 10, 11, 12, 13, 14, 15, 16, 17, 17, 18, 19, 20, 20, 21, 21, 22, 22, 23, 23, 24, 25, 25,
        26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 46, 47, 48, 49, 50, 51,
        52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 76, 77, 78,
        79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 91, 93, 95, 96, 98, 100, 101, 102, 104, 106, 108, 110, 112, 114,
        116, 118, 122, 124, 126, 128, 130, 132, 134, 136, 138, 140, 143, 145, 148, 151, 154, 157
    };
    private static final int[] AC = {
        4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32,
        33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 60, 62,
        64, 66, 68, 70, 72, 74, 76, 78, 80, 82, 84, 86, 88, 90, 92, 94, 96, 98, 100, 102, 104, 106, 108, 110, 112, 114,
        116, 119, 122, 125, 128, 131, 134, 137, 140, 143, 146, 149, 152, 155, 158, 161, 164, 167, 170, 173, 177, 181,
        185, 189, 193, 197, 201, 205, 209, 213, 217, 221, 225, 229, 234, 239, 245, 249, 254, 259, 264, 269, 274, 279,
        284
    };

    record Factors(int dc, int ac) {}

    /** What is added to the index of each factor but luma's AC. */
    private record Deltas(int lumaDc, int dcsDc, int dcsAc, int chromaDc, int chromaAc) {}

    /** Reads the quantisers of the four segments. */
    static Quantiser[] read(BoolDecoder header, Segmentation segments) {
        int base = header.number(7);
        Deltas deltas = new Deltas(
                header.optionalSigned(4),
                header.optionalSigned(4),
                header.optionalSigned(4),
                header.optionalSigned(4),
                header.optionalSigned(4));
        Quantiser[] quantisers = new Quantiser[Segmentation.COUNT];
        for (int segment = 0; segment < quantisers.length; segment++) {
            quantisers[segment] = of(segments.quantiser(segment, base), deltas);
        }
        return quantisers;
    }

    private static Quantiser of(int index, Deltas deltas) {
        return new Quantiser(
                new Factors(factor(DC, index + deltas.lumaDc, MAX_INDEX), factor(AC, index, MAX_INDEX)),
                new Factors(
                        2 * factor(DC, index + deltas.dcsDc, MAX_INDEX),
                        Math.max(MIN_DCS_AC, factor(AC, index + deltas.dcsAc, MAX_INDEX) * 155 / 100)),
                new Factors(
                        factor(DC, index + deltas.chromaDc, MAX_CHROMA_DC_INDEX),
                        factor(AC, index + deltas.chromaAc, MAX_INDEX)));
    }

    private static int factor(int[] table, int index, int last) {
        return table[Math.clamp(index, 0, last)];
    }
}
