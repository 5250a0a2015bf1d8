package imagefunctions.jpeg.format;

import java.util.List;
import java.util.Optional;

/**
 * The lossless transforms of jpegtran; quarter rotations name their direction, since libraries differ.
 */
public enum Transform {
    NONE(false, false, false),
    FLIP_HORIZONTAL(false, true, false),
    FLIP_VERTICAL(false, false, true),
    ROTATE_180(false, true, true),
    /** Across the axis from the upper left to the lower right. */
    TRANSPOSE(true, false, false),
    /** A quarter turn counter-clockwise. */
    ROTATE_270_CW(true, false, true),
    /** A quarter turn clockwise. */
    ROTATE_90_CW(true, true, false),
    /** Across the axis from the upper right to the lower left. */
    TRANSVERSE(true, true, true);

    // By EXIF orientation, 1 to 8 (Exif 2.32, 4.6.4, tag 274).
    private static final List<Transform> UPRIGHT = List.of(
            NONE, FLIP_HORIZONTAL, ROTATE_180, FLIP_VERTICAL, TRANSPOSE, ROTATE_90_CW, TRANSVERSE, ROTATE_270_CW);

    private final boolean transposes;
    private final boolean mirrorsX;
    private final boolean mirrorsY;

    Transform(boolean transposes, boolean mirrorsX, boolean mirrorsY) {
        this.transposes = transposes;
        this.mirrorsX = mirrorsX;
        this.mirrorsY = mirrorsY;
    }

    /** The transform that an EXIF orientation calls for; empty if it is not from 1 to 8. */
    public static Optional<Transform> upright(int orientation) {
        return orientation >= 1 && orientation <= UPRIGHT.size()
                ? Optional.of(UPRIGHT.get(orientation - 1))
                : Optional.empty();
    }

    /** Whether rows become columns, before any mirroring. */
    public boolean transposes() {
        return transposes;
    }

    /** Whether left and right are swapped, after any transposition. */
    public boolean mirrorsX() {
        return mirrorsX;
    }

    /** Whether top and bottom are swapped, after any transposition. */
    public boolean mirrorsY() {
        return mirrorsY;
    }

    /** Whether left and right of the source are swapped. */
    public boolean mirrorsAcross() {
        return transposes ? mirrorsY : mirrorsX;
    }

    /** Whether top and bottom of the source are swapped. */
    public boolean mirrorsDown() {
        return transposes ? mirrorsX : mirrorsY;
    }

    /** This transform followed by another, as one. */
    public Transform then(Transform next) {
        boolean x = next.transposes ? mirrorsY : mirrorsX;
        boolean y = next.transposes ? mirrorsX : mirrorsY;
        return of(transposes ^ next.transposes, x ^ next.mirrorsX, y ^ next.mirrorsY);
    }

    private static Transform of(boolean transposes, boolean mirrorsX, boolean mirrorsY) {
        for (Transform transform : values()) {
            if (transform.transposes == transposes
                    && transform.mirrorsX == mirrorsX
                    && transform.mirrorsY == mirrorsY) {
                return transform;
            }
        }
        throw new IllegalStateException();
    }

    /**
     * The zig-zag indices, one bit each, of the coefficients that mirroring negates: cosines of odd order are odd
     * functions about the centre of the block (ITU-T T.81, A.3.3).
     */
    public long negated() {
        long mask = 0;
        for (int k = 0; k < 64; k++) {
            int row = Zigzag.natural(k) >> 3;
            int column = Zigzag.natural(k) & 7;
            boolean odd = (mirrorsX && (column & 1) != 0) ^ (mirrorsY && (row & 1) != 0);
            mask |= (odd ? 1L : 0L) << k;
        }
        return mask;
    }
}
