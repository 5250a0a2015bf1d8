package imagefunctions.jpeg.format;

/** The eight ways to lay a picture, named as Pillow's transpose names them; rotations are counter-clockwise. */
public enum Transform {
    NONE(false, false, false),
    FLIP_LEFT_RIGHT(false, true, false),
    FLIP_TOP_BOTTOM(false, false, true),
    ROTATE_180(false, true, true),
    TRANSPOSE(true, false, false),
    ROTATE_90(true, false, true),
    ROTATE_270(true, true, false),
    TRANSVERSE(true, true, true);

    private final boolean transposes;
    private final boolean mirrorsX;
    private final boolean mirrorsY;

    Transform(boolean transposes, boolean mirrorsX, boolean mirrorsY) {
        this.transposes = transposes;
        this.mirrorsX = mirrorsX;
        this.mirrorsY = mirrorsY;
    }

    /** Whether rows become columns, which comes before mirroring. */
    public boolean transposes() {
        return transposes;
    }

    public boolean mirrorsX() {
        return mirrorsX;
    }

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

    /** This turn, and the other after it, as one. */
    public Transform then(Transform next) {
        boolean x = next.transposes ? mirrorsY : mirrorsX;
        boolean y = next.transposes ? mirrorsX : mirrorsY;
        return of(transposes ^ next.transposes, x ^ next.mirrorsX, y ^ next.mirrorsY);
    }

    private static Transform of(boolean transposes, boolean mirrorsX, boolean mirrorsY) {
        for (Transform turn : values()) {
            if (turn.transposes == transposes && turn.mirrorsX == mirrorsX && turn.mirrorsY == mirrorsY) {
                return turn;
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
