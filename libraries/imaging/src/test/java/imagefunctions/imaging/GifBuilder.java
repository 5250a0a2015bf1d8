package imagefunctions.imaging;

import java.io.ByteArrayOutputStream;
import java.util.Random;

/** Writes GIF files of one frame in codes of any size, interlaced or not. */
final class GifBuilder {

    private GifBuilder() {}

    /**
     * A frame that fills its screen, with a palette of random colours.
     *
     * @param bits the size of a palette index in the file's palette, 1 to 8
     * @param codeSize the least size of a code, 1 to 12, from bits on
     */
    static byte[] file(int width, int height, int bits, int codeSize, boolean interlaced) {
        byte[] data = codes(new Random(width * 31L + bits * 7L + codeSize), width * height, bits, codeSize, false);
        return file(width, height, bits, codeSize, interlaced, data);
    }

    /** The same with a code for each pixel, of the same pixels whatever the size of the codes. */
    static byte[] withoutStrings(int width, int height, int bits, int codeSize) {
        byte[] data = codes(new Random(width * 31L + bits * 7L), width * height, bits, codeSize, true);
        return file(width, height, bits, codeSize, false, data);
    }

    private static byte[] file(int width, int height, int bits, int codeSize, boolean interlaced, byte[] data) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {'G', 'I', 'F', '8', '9', 'a'});
        file.writeBytes(new byte[] {(byte) width, (byte) (width >> 8), (byte) height, (byte) (height >> 8)});
        file.writeBytes(new byte[] {(byte) (0x80 | bits - 1), 0, 0});
        byte[] palette = new byte[3 << bits];
        new Random(bits).nextBytes(palette);
        file.writeBytes(palette);
        file.writeBytes(new byte[] {',', 0, 0, 0, 0, (byte) width, (byte) (width >> 8), (byte) height});
        file.writeBytes(new byte[] {(byte) (height >> 8), (byte) (interlaced ? 0x40 : 0), (byte) codeSize});
        for (int at = 0; at < data.length; at += 255) {
            int length = Math.min(255, data.length - at);
            file.write(length);
            file.write(data, at, length);
        }
        file.write(0);
        file.write(';');
        return file.toByteArray();
    }

    /** Random codes that exist, so that every string of the table may be used, with a clear code here and there. */
    private static byte[] codes(Random random, int pixels, int bits, int codeSize, boolean withoutStrings) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        int clear = 1 << codeSize;
        int[] lengths = new int[4096];
        long held = clear;
        int count = codeSize + 1;
        int width = codeSize + 1;
        int next = clear + 2;
        int last = 0;
        int written = 0;
        while (written < pixels) {
            int code;
            if (random.nextInt(9000) == 0) {
                code = clear;
            } else if (!withoutStrings && last > 0 && next > clear + 2 && random.nextInt(3) > 0) {
                code = clear + 2 + random.nextInt(next - clear - 2);
            } else {
                code = random.nextInt(1 << bits);
            }
            held |= (long) code << count;
            count += width;
            while (count >= 8) {
                data.write((int) held);
                held >>>= 8;
                count -= 8;
            }
            if (code == clear) {
                next = clear + 2;
                width = codeSize + 1;
                last = 0;
                continue;
            }
            int length = code < clear ? 1 : lengths[code];
            written += length;
            if (last > 0 && next < 4096) {
                lengths[next++] = last + 1;
            }
            if (next == 1 << width && width < 12) {
                width++;
            }
            last = length;
        }
        held |= (long) (clear + 1) << count;
        for (count += width; count > 0; count -= 8, held >>>= 8) {
            data.write((int) held);
        }
        return data.toByteArray();
    }
}
