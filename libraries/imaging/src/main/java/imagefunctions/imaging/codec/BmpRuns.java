package imagefunctions.imaging.codec;

import imagefunctions.imaging.error.DamagedImageException;
import java.nio.ByteBuffer;

/**
 * Takes the run-length codes of a BMP file apart, which are checked: readers make up pixels for codes that went astray, and
 * leave those of other rows where no code brings any.
 */
final class BmpRuns {
    private static final int HEADERS = 54;
    private static final int COMPRESSION = 30;
    private static final int END_OF_ROW = 0;
    private static final int END = 1;
    private static final int DELTA = 2;

    private final byte[] file;
    private final int bits;
    private final int width;
    private final int height;
    private final int rowBytes;

    /** The headers and the rows. */
    private final byte[] unpacked;

    private final int start;
    private int at;

    private BmpRuns(byte[] file, int start, int bits, int width, int height) {
        this.file = file;
        this.bits = bits;
        this.width = width;
        this.height = height;
        rowBytes = Math.toIntExact(Math.ceilDiv((long) width * bits, 32) * 4);
        unpacked = new byte[Math.addExact(start, Math.multiplyExact(rowBytes, height))];
        System.arraycopy(file, 0, unpacked, 0, start);
        this.start = start;
        at = start;
    }

    /**
     * The same file without compression; what no code brings has the first colour. There has to be nothing beyond a row's
     * end nor behind the last one; a row may end early, as the format allows.
     *
     * @param start where the codes begin
     * @param bits 8 or 4 a pixel
     */
    static byte[] unpacked(byte[] file, int start, int bits, int width, int height) {
        if (start < HEADERS) {
            throw broken();
        }
        BmpRuns runs = new BmpRuns(file, start, bits, width, height);
        if (!runs.areWhole()) {
            throw broken();
        }
        return ByteBuffer.wrap(runs.unpacked).putInt(COMPRESSION, 0).array();
    }

    private boolean areWhole() {
        int x = 0;
        int y = 0;
        while (y < height && at + 1 < file.length) {
            int count = next();
            int code = next();
            if (count > 0) {
                if (count > width - x) {
                    return false;
                }
                for (int i = 0; i < count; i++) {
                    put(x++, y, bits == 8 ? code : nibble(code, i));
                }
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
                if (x > width) {
                    return false;
                }
            } else {
                int end = at + Math.ceilDiv(code * bits, 16) * 2;
                if (code > width - x || end > file.length) {
                    return false;
                }
                for (int i = 0; i < code; i++) {
                    int pair = file[at + i * bits / 8];
                    put(x++, y, bits == 8 ? pair : nibble(pair, i));
                }
                at = end;
            }
        }
        return y < height ? x == width && y == height - 1 : y == height && endsHere();
    }

    /** The first and every second pixel is in the high bits. */
    private static int nibble(int pair, int i) {
        return pair >> (i % 2 == 0 ? 4 : 0) & 0xF;
    }

    private void put(int x, int y, int colour) {
        int place = start + y * rowBytes + x * bits / 8;
        unpacked[place] |= (byte) (bits == 8 || x % 2 == 1 ? colour : colour << 4);
    }

    /** The end is stated, or not, or something is filled up with zeros. */
    private boolean endsHere() {
        return at + 1 >= file.length || (file[at] == 0 && (file[at + 1] & 0xFF) <= END);
    }

    private int next() {
        return file[at++] & 0xFF;
    }

    private static DamagedImageException broken() {
        return new DamagedImageException("BMP file's runs do not make up its rows, it is cut short or broken", null);
    }
}
