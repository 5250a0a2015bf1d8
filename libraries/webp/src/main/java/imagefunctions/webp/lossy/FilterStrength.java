package imagefunctions.webp.lossy;

/**
 * How strongly the edges of a macroblock are filtered (RFC 6386, 9.3, 9.6 and 15.2).
 *
 * @param edge the largest difference across an edge that is filtered, without what macroblock edges have more; 0 for no
 *     filter at all
 * @param interior the largest difference between neighbours on either side
 * @param contrast the difference next to the edge from which on fewer pixels change
 */
record FilterStrength(int edge, int interior, int contrast) {
    static final FilterStrength NONE = new FilterStrength(0, 0, 0);
    private static final int MAX_LEVEL = 63;
    private static final int DELTAS = 4;

    /** Reads the strengths: for each segment that of macroblocks with one mode, then of those whose blocks have their own. */
    static FilterStrength[] read(BoolDecoder header, Segmentation segments) {
        int base = header.number(6);
        int sharpness = header.number(3);
        int whole = 0;
        int split = 0;
        boolean deltas = header.flag();
        if (deltas && header.flag()) {
            // By reference frame, of which a picture has the first only, and by mode, likewise.
            whole = first(header);
            split = first(header);
        }
        FilterStrength[] strengths = new FilterStrength[2 * Segmentation.COUNT];
        for (int segment = 0; segment < Segmentation.COUNT; segment++) {
            int level = segments.level(segment, base) + whole;
            strengths[2 * segment] = base == 0 ? NONE : of(level, sharpness);
            strengths[2 * segment + 1] = base == 0 ? NONE : of(level + split, sharpness);
        }
        return strengths;
    }

    private static int first(BoolDecoder header) {
        int first = header.optionalSigned(6);
        for (int i = 1; i < DELTAS; i++) {
            header.optionalSigned(6);
        }
        return first;
    }

    private static FilterStrength of(int unlimited, int sharpness) {
        int level = Math.clamp(unlimited, 0, MAX_LEVEL);
        if (level == 0) {
            return NONE;
        }
        int interior = level;
        if (sharpness > 0) {
            interior = Math.min(9 - sharpness, level >> (sharpness > 4 ? 2 : 1));
        }
        interior = Math.max(1, interior);
        return new FilterStrength(2 * level + interior, interior, level >= 40 ? 2 : level >= 15 ? 1 : 0);
    }
}
