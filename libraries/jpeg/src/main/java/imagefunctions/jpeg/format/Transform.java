package imagefunctions.jpeg.format;

import java.util.List;
import java.util.Optional;

/**
 * The eight lossless transforms of a picture, those of jpegtran: flips, transpositions, and rotations, of which the quarter
 * ones name their direction.
 */
public enum Transform {
    NONE(false, false, false),
    FLIP_HORIZONTAL(false, true, false),
    FLIP_VERTICAL(false, false, true),
    ROTATE_180(false, true, true),
    /** Across the axis from the upper left to the lower right. */
    TRANSPOSE(true, false, false),
    /** Counter-clockwise by a quarter. */
    ROTATE_270_CW(true, false, true),
    /** Clockwise by a quarter. */
    ROTATE_90_CW(true, true, false),
    /** Across the axis from the upper right to the lower left. */
    TRANSVERSE(true, true, true);

    // What sets a picture with the EXIF orientation 1 to 8 upright (Exif 2.32, 4.6.4, tag 274).
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

    /** What sets a picture with an EXIF orientation upright; none if the orientation is not from 1 to 8. */
    public static Optional<Transform> upright(int orientation) {
        return orientation >= 1 && orientation <= UPRIGHT.size()
                ? Optional.of(UPRIGHT.get(orientation - 1))
                : Optional.empty();
    }

    /** Whether rows become columns, which comes before mirroring. */
    public boolean transposes() {
        return transposes;
    }

    /** Whether the result is then mirrored from left to right. */
    public boolean mirrorsX() {
        return mirrorsX;
    }

    /** Whether the result is then mirrored from top to bottom. */
    public boolean mirrorsY() {
        return mirrorsY;
    }

    /** Whether what is across in the source is mirrored. */
    public boolean mirrorsAcross() {
        return transposes ? mirrorsY : mirrorsX;
    }

    /** Whether what is down in the source is mirrored. */
    public boolean mirrorsDown() {
        return transposes ? mirrorsX : mirrorsY;
    }

    /** This transform, and the other one after it, as one. */
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
     * A bit for the zig-zag index of each coefficient whose sign mirroring changes: the cosines of odd order are
     * odd functions about the middle of the block (ITU-T T.81, A.3.3).
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
