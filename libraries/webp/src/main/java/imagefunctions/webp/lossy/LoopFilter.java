package imagefunctions.webp.lossy;

/** Smooths the edges of macroblocks and of the blocks within them (RFC 6386, section 15). */
final class LoopFilter {
    /** What the limit of a macroblock's edges is greater than that of the blocks within. */
    private static final int MACROBLOCK = 4;

    private LoopFilter() {}

    /** Filters luma with the simple filter. */
    static void simple(
            byte[] luma, int at, int stride, FilterStrength strength, boolean inner, boolean left, boolean above) {
        int limit = 2 * strength.edge() + 1;
        if (left) {
            simple(luma, at, 1, stride, limit + 2 * MACROBLOCK);
        }
        if (inner) {
            for (int x = 4; x < 16; x += 4) {
                simple(luma, at + x, 1, stride, limit);
            }
        }
        if (above) {
            simple(luma, at, stride, 1, limit + 2 * MACROBLOCK);
        }
        if (inner) {
            for (int y = 4; y < 16; y += 4) {
                simple(luma, at + y * stride, stride, 1, limit);
            }
        }
    }

    /**
     * Filters a plane of a macroblock.
     *
     * @param size 16 for luma, 8 for chroma
     * @param inner whether the blocks within are filtered, too
     * @param left whether there is a macroblock to the left
     * @param above whether there is a macroblock above
     */
    static void normal(
            byte[] plane,
            int at,
            int stride,
            int size,
            FilterStrength strength,
            boolean inner,
            boolean left,
            boolean above) {
        int limit = 2 * strength.edge() + 1;
        int interior = strength.interior();
        int contrast = strength.contrast();
        if (left) {
            macroblockEdge(plane, at, 1, stride, size, limit + 2 * MACROBLOCK, interior, contrast);
        }
        if (inner) {
            for (int x = 4; x < size; x += 4) {
                innerEdge(plane, at + x, 1, stride, size, limit, interior, contrast);
            }
        }
        if (above) {
            macroblockEdge(plane, at, stride, 1, size, limit + 2 * MACROBLOCK, interior, contrast);
        }
        if (inner) {
            for (int y = 4; y < size; y += 4) {
                innerEdge(plane, at + y * stride, stride, 1, size, limit, interior, contrast);
            }
        }
    }

    /** Filters 16 places along an edge; {@code step} leads across it, {@code along} along it. */
    private static void simple(byte[] p, int edge, int step, int along, int limit) {
        for (int i = 0, at = edge; i < 16; i++, at += along) {
            int p1 = p[at - 2 * step] & 0xFF;
            int p0 = p[at - step] & 0xFF;
            int q0 = p[at] & 0xFF;
            int q1 = p[at + step] & 0xFF;
            if (4 * Math.abs(p0 - q0) + Math.abs(p1 - q1) <= limit) {
                filterTwo(p, at, step, p1, p0, q0, q1);
            }
        }
    }

    private static void macroblockEdge(
            byte[] p, int edge, int step, int along, int size, int limit, int interior, int contrast) {
        for (int i = 0, at = edge; i < size; i++, at += along) {
            int p1 = p[at - 2 * step] & 0xFF;
            int p0 = p[at - step] & 0xFF;
            int q0 = p[at] & 0xFF;
            int q1 = p[at + step] & 0xFF;
            if (4 * Math.abs(p0 - q0) + Math.abs(p1 - q1) > limit) {
                continue;
            }
            int p2 = p[at - 3 * step] & 0xFF;
            int q2 = p[at + 2 * step] & 0xFF;
            if (Math.abs((p[at - 4 * step] & 0xFF) - p2) > interior
                    || Math.abs(p2 - p1) > interior
                    || Math.abs(p1 - p0) > interior
                    || Math.abs((p[at + 3 * step] & 0xFF) - q2) > interior
                    || Math.abs(q2 - q1) > interior
                    || Math.abs(q1 - q0) > interior) {
                continue;
            }
            if (Math.abs(p1 - p0) > contrast || Math.abs(q1 - q0) > contrast) {
                filterTwo(p, at, step, p1, p0, q0, q1);
            } else {
                int a = signed(3 * (q0 - p0) + signed(p1 - q1));
                int a1 = (27 * a + 63) >> 7;
                int a2 = (18 * a + 63) >> 7;
                int a3 = (9 * a + 63) >> 7;
                p[at - 3 * step] = clamped(p2 + a3);
                p[at - 2 * step] = clamped(p1 + a2);
                p[at - step] = clamped(p0 + a1);
                p[at] = clamped(q0 - a1);
                p[at + step] = clamped(q1 - a2);
                p[at + 2 * step] = clamped(q2 - a3);
            }
        }
    }

    private static void innerEdge(
            byte[] p, int edge, int step, int along, int size, int limit, int interior, int contrast) {
        for (int i = 0, at = edge; i < size; i++, at += along) {
            int p1 = p[at - 2 * step] & 0xFF;
            int p0 = p[at - step] & 0xFF;
            int q0 = p[at] & 0xFF;
            int q1 = p[at + step] & 0xFF;
            if (4 * Math.abs(p0 - q0) + Math.abs(p1 - q1) > limit) {
                continue;
            }
            int p2 = p[at - 3 * step] & 0xFF;
            int q2 = p[at + 2 * step] & 0xFF;
            if (Math.abs((p[at - 4 * step] & 0xFF) - p2) > interior
                    || Math.abs(p2 - p1) > interior
                    || Math.abs(p1 - p0) > interior
                    || Math.abs((p[at + 3 * step] & 0xFF) - q2) > interior
                    || Math.abs(q2 - q1) > interior
                    || Math.abs(q1 - q0) > interior) {
                continue;
            }
            if (Math.abs(p1 - p0) > contrast || Math.abs(q1 - q0) > contrast) {
                filterTwo(p, at, step, p1, p0, q0, q1);
            } else {
                int a = 3 * (q0 - p0);
                int a1 = signed(a + 4) >> 3;
                int a2 = signed(a + 3) >> 3;
                int a3 = (a1 + 1) >> 1;
                p[at - 2 * step] = clamped(p1 + a3);
                p[at - step] = clamped(p0 + a2);
                p[at] = clamped(q0 - a1);
                p[at + step] = clamped(q1 - a3);
            }
        }
    }

    /** Changes the pixel on either side of the edge. */
    private static void filterTwo(byte[] p, int at, int step, int p1, int p0, int q0, int q1) {
        int a = 3 * (q0 - p0) + signed(p1 - q1);
        p[at - step] = clamped(p0 + (signed(a + 3) >> 3));
        p[at] = clamped(q0 - (signed(a + 4) >> 3));
    }

    private static int signed(int value) {
        return Math.min(Math.max(value, -128), 127);
    }

    private static byte clamped(int value) {
        return (byte) Math.min(Math.max(value, 0), 255);
    }
}
