package imagefunctions.imaging.tiff;

import imagefunctions.imaging.error.DamagedImageException;
import imagefunctions.jpeg.format.Interruption;
import java.util.Arrays;

/** Decodes black and white rows as fax machines send them (ITU-T T.4 and T.6; TIFF 6.0, sections 10 and 11). */
final class CcittDecoder {
    private static final int LOOKUP_BITS = 13;
    private static final int END_OF_LINE_ZEROS = 11;

    /** Codes of runs of 0 to 63 pixels, then of 64, 128 and so on to 1728 (T.4, tables 2 and 3a). */
    private static final String WHITE = """
            00110101 000111 0111 1000 1011 1100 1110 1111 10011 10100 00111 01000 001000 000011 110100 110101
            101010 101011 0100111 0001100 0001000 0010111 0000011 0000100 0101000 0101011 0010011 0100100 0011000
            00000010 00000011 00011010 00011011 00010010 00010011 00010100 00010101 00010110 00010111 00101000
            00101001 00101010 00101011 00101100 00101101 00000100 00000101 00001010 00001011 01010010 01010011
            01010100 01010101 00100100 00100101 01011000 01011001 01011010 01011011 01001010 01001011 00110010
            00110011 00110100
            11011 10010 010111 0110111 00110110 00110111 01100100 01100101 01101000 01100111 011001100 011001101
            011010010 011010011 011010100 011010101 011010110 011010111 011011000 011011001 011011010 011011011
            010011000 010011001 010011010 011000 010011011
            """;

    private static final String BLACK = """
            0000110111 010 11 10 011 0011 0010 00011 000101 000100 0000100 0000101 0000111 00000100 00000111
            000011000 0000010111 0000011000 0000001000 00001100111 00001101000 00001101100 00000110111 00000101000
            00000010111 00000011000 000011001010 000011001011 000011001100 000011001101 000001101000 000001101001
            000001101010 000001101011 000011010010 000011010011 000011010100 000011010101 000011010110 000011010111
            000001101100 000001101101 000011011010 000011011011 000001010100 000001010101 000001010110 000001010111
            000001100100 000001100101 000001010010 000001010011 000000100100 000000110111 000000111000 000000100111
            000000101000 000001011000 000001011001 000000101011 000000101100 000001011010 000001100110 000001100111
            0000001111 000011001000 000011001001 000001011011 000000110011 000000110100 000000110101 0000001101100
            0000001101101 0000001001010 0000001001011 0000001001100 0000001001101 0000001110010 0000001110011
            0000001110100 0000001110101 0000001110110 0000001110111 0000001010010 0000001010011 0000001010100
            0000001010101 0000001011010 0000001011011 0000001100100 0000001100101
            """;

    /** Of both colours, from 1792 on (T.4, table 3b). */
    private static final String LONG = """
            00000001000 00000001100 00000001101 000000010010 000000010011 000000010100 000000010101 000000010110
            000000010111 000000011100 000000011101 000000011110 000000011111
            """;

    private static final int[] WHITE_RUNS = runs(WHITE);
    private static final int[] BLACK_RUNS = runs(BLACK);

    private final byte[] data;
    private final int width;
    private int at;
    private boolean linesEnd;

    /** Where the colour changes in the row above and in this one, closed by entries at the row's end. */
    private int[] above;

    private int[] changes;
    private int count;

    private CcittDecoder(byte[] data, int width) {
        this.data = data;
        this.width = width;
        above = new int[width + 4];
        changes = new int[width + 4];
    }

    /** For each of the next 13 bits: the run and, in the lowest 4 bits, the length of its code; 0 if there is none. */
    private static int[] runs(String codes) {
        int[] table = new int[1 << LOOKUP_BITS];
        String[] each = (codes + LONG).strip().split("\\s+", -1);
        for (int i = 0; i < each.length; i++) {
            int run = i < 64 ? i : (i - 63) * 64;
            int first = Integer.parseInt(each[i], 2) << (LOOKUP_BITS - each[i].length());
            Arrays.fill(table, first, first + (1 << (LOOKUP_BITS - each[i].length())), (run << 4) | each[i].length());
        }
        return table;
    }

    /**
     * Decodes a strip or tile.
     *
     * @return rows of bits, each from a new byte on, 1 for black
     * @throws DamagedImageException if a row is missing or broken
     */
    static byte[] decode(byte[] data, int width, int height, TiffCompression compression, boolean twoDimensional) {
        CcittDecoder decoder = new CcittDecoder(data, width);
        int rowBytes = (width + 7) / 8;
        byte[] rows = new byte[Math.multiplyExact(rowBytes, height)];
        decoder.close(decoder.above, 0);
        for (int y = 0; y < height; y++) {
            Interruption.check();
            switch (compression) {
                case CCITT_RLE -> {
                    decoder.at = (decoder.at + 7) & ~7;
                    decoder.oneDimensional();
                }
                case CCITT_T4 -> {
                    decoder.skipEndOfLine();
                    if (!twoDimensional || decoder.bit() == 1) {
                        decoder.oneDimensional();
                    } else {
                        decoder.twoDimensional();
                    }
                }
                default -> decoder.twoDimensional();
            }
            decoder.paint(rows, y * rowBytes);
        }
        return rows;
    }

    /** The end of the line before, with any number of zeros to fill; where one has it, all behind it have. */
    private void skipEndOfLine() {
        int zeros = 0;
        int place = at;
        while (place < 8L * data.length && (data[place >> 3] >> (7 - (place & 7)) & 1) == 0) {
            zeros++;
            place++;
        }
        if (zeros >= END_OF_LINE_ZEROS) {
            at = place + 1;
            linesEnd = true;
        } else if (linesEnd) {
            throw broken();
        }
    }

    private void oneDimensional() {
        count = 0;
        int x = 0;
        for (boolean black = false; x < width; black = !black) {
            x += run(black);
            change(x);
        }
        close(changes, count);
    }

    /** T.4, 4.2, and T.6, 2.2: changes are coded by where they lie beside those of the row above. */
    private void twoDimensional() {
        count = 0;
        int x = 0;
        boolean black = false;
        int index = 0;
        boolean first = true;
        while (x < width) {
            // b1: the first change above, to the right of x, to the other colour than that of x.
            while (index > 0 && above[index - 1] > x) {
                index--;
            }
            while (above[index] < width
                    && (above[index] < x || (above[index] == x && !first) || (index & 1) != (black ? 1 : 0))) {
                index++;
            }
            int b1 = above[index];
            int step;
            if (bit() == 1) {
                step = 0;
            } else if (bit() == 1) {
                step = bit() == 1 ? 1 : -1;
            } else if (bit() == 1) {
                int middle = x + run(black);
                changeFurther(middle);
                x = middle + run(!black);
                changeFurther(x);
                first = false;
                continue;
            } else if (bit() == 1) {
                x = b1 < width ? above[index + 1] : width;
                first = false;
                continue;
            } else {
                step = farStep();
            }
            x = b1 + step;
            changeFurther(x);
            black = !black;
            first = false;
        }
        close(changes, count);
    }

    private int farStep() {
        int size = bit() == 1 ? 2 : bit() == 1 ? 3 : 0;
        if (size == 0) {
            throw broken();
        }
        return bit() == 1 ? size : -size;
    }

    private int run(boolean black) {
        int[] table = black ? BLACK_RUNS : WHITE_RUNS;
        int sum = 0;
        while (true) {
            int code = table[peek()];
            if (code == 0) {
                throw broken();
            }
            at += code & 15;
            if (at > 8L * data.length) {
                throw cutShort();
            }
            int run = code >> 4;
            sum += run;
            if (run < 64) {
                return sum;
            }
            if (sum > width) {
                throw broken();
            }
        }
    }

    /** Of a row that the next one's is coded by: changes there are each at another place, up to the row's end. */
    private void changeFurther(int x) {
        if (count > 0 && x < width && x == changes[count - 1]) {
            throw broken();
        }
        change(x);
    }

    /** Twice at the same place is no change. */
    private void change(int x) {
        int before = count == 0 ? 0 : changes[count - 1];
        if (x > width || x < before) {
            throw broken();
        }
        if (count > 0 && x == before) {
            count--;
        } else {
            changes[count++] = x;
        }
    }

    private void close(int[] row, int from) {
        Arrays.fill(row, from, Math.min(from + 3, row.length), width);
    }

    private void paint(byte[] rows, int start) {
        for (int i = 0; i < count; i += 2) {
            for (int x = changes[i]; x < changes[i + 1]; x++) {
                rows[start + (x >> 3)] |= (byte) (0x80 >> (x & 7));
            }
        }
        int[] last = above;
        above = changes;
        changes = last;
    }

    private int bit() {
        if (at >= 8L * data.length) {
            throw cutShort();
        }
        int bit = data[at >> 3] >> (7 - (at & 7)) & 1;
        at++;
        return bit;
    }

    /** The next 13 bits, with zeros behind the end. */
    private int peek() {
        int first = at >> 3;
        int three = 0;
        for (int i = 0; i < 3; i++) {
            three = (three << 8) | (first + i < data.length ? data[first + i] & 0xFF : 0);
        }
        return three >> (24 - LOOKUP_BITS - (at & 7)) & ((1 << LOOKUP_BITS) - 1);
    }

    private static DamagedImageException broken() {
        return new DamagedImageException("TIFF file's pixels are broken", null);
    }

    private static DamagedImageException cutShort() {
        return new DamagedImageException("TIFF file is cut short, pixels are missing", null);
    }
}
