package imagefunctions.imaging.codec;

import imagefunctions.imaging.error.DamagedImageException;

/** Checks the run-length codes of a BMP file before it is decoded: readers make up pixels for codes that went astray. */
final class BmpRuns {
    private static final int END_OF_ROW = 0;
    private static final int END = 1;
    private static final int DELTA = 2;

    private final byte[] file;
    private final int bits;
    private final long width;
    private final long height;
    private int at;

    private BmpRuns(byte[] file, int start, int bits, long width, long height) {
        this.file = file;
        this.bits = bits;
        this.width = width;
        this.height = height;
        at = start;
    }

    /**
     * Checks that there is something in each row, and nothing beyond its end or behind the last one; a row may end early,
     * as the format allows.
     *
     * @param start where the codes begin
     * @param bits 8 or 4 a pixel
     */
    static void check(byte[] file, int start, int bits, long width, long height) {
        if (!new BmpRuns(file, start, bits, width, height).areWhole()) {
            throw new DamagedImageException("BMP file's runs do not make up its rows, it is cut short or broken", null);
        }
    }

    private boolean areWhole() {
        long x = 0;
        long y = 0;
        while (y < height && at + 1 < file.length) {
            int count = next();
            int code = next();
            if (count > 0) {
                x += count;
            } else if (code == END_OF_ROW) {
                x = 0;
                y++;
            } else if (code == END) {
                return x > 0 && y == height - 1;
            } else if (code == DELTA) {
                if (at + 1 >= file.length) {
                    return false;
                }
                x += next();
                y += next();
            } else {
                x += code;
                at += Math.ceilDiv(code * bits, 16) * 2;
            }
            if (x > width || at > file.length) {
                return false;
            }
        }
        return y < height ? x == width && y == height - 1 : y == height && endsHere();
    }

    /** The end is stated, or not, or something is filled up with zeros. */
    private boolean endsHere() {
        return at + 1 >= file.length || (file[at] == 0 && (file[at + 1] & 0xFF) <= END);
    }

    private int next() {
        return file[at++] & 0xFF;
    }
}
