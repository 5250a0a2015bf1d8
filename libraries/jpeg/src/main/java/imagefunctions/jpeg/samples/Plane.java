package imagefunctions.jpeg.samples;

import imagefunctions.jpeg.format.Bytes;
import imagefunctions.jpeg.format.Interruption;
import imagefunctions.jpeg.format.Transform;

/**
 * Samples of one colour component, row by row.
 *
 * @param samples 0 to 255 as unsigned bytes, at least height times stride
 * @param stride from one row to the next, at least the width
 * @param coveredWidth the width without padding, fractional if the last column is only partly covered
 * @param coveredHeight the height, likewise
 */
@SuppressWarnings("ArrayRecordComponent") // samples are handed on, planes never compared
public record Plane(byte[] samples, int width, int height, int stride, float coveredWidth, float coveredHeight)
        implements SampleLines {
    /** A plane without padding. */
    public static Plane of(byte[] samples, int width, int height) {
        if (samples.length < (long) width * height || width < 1 || height < 1) {
            throw new IllegalArgumentException(samples.length + " samples are no " + width + " x " + height + ".");
        }
        return new Plane(samples, width, height, width, width, height);
    }

    @Override
    public Weights weights(Weights ofSamples, int count) {
        return ofSamples;
    }

    @Override
    public SampleLines another() {
        return this;
    }

    @Override
    public void read(int y, float[] into) {
        for (int x = 0; x < into.length; x++) {
            into[x] = (samples[y * stride + x] & 0xFF) - 128;
        }
    }

    /** The plane flipped, transposed or rotated. */
    public Plane transformed(Transform transform) {
        if (transform == Transform.NONE) {
            return this;
        }
        int w = transform.transposes() ? height : width;
        int h = transform.transposes() ? width : height;
        byte[] out = new byte[w * h];
        for (int y = 0; y < h; y++) {
            Interruption.check();
            int fromY = transform.mirrorsY() ? h - 1 - y : y;
            if (transform.transposes()) {
                column(fromY, out, y * w, w);
            } else {
                System.arraycopy(samples, fromY * stride, out, y * w, w);
            }
            if (transform.mirrorsX()) {
                mirror(out, y * w, (y + 1) * w);
            }
        }
        return of(out, w, h);
    }

    private void column(int x, byte[] into, int at, int count) {
        for (int y = 0; y < count; y++) {
            into[at + y] = samples[y * stride + x];
        }
    }

    /** Mirrors a row, eight samples from either end at a time. */
    private static void mirror(byte[] row, int from, int end) {
        int left = from;
        int right = end;
        for (; right - left >= 16; left += 8, right -= 8) {
            long first = Bytes.getLong(row, left);
            Bytes.putLong(row, left, Long.reverseBytes(Bytes.getLong(row, right - 8)));
            Bytes.putLong(row, right - 8, Long.reverseBytes(first));
        }
        for (; right - left > 1; left++, right--) {
            byte first = row[left];
            row[left] = row[right - 1];
            row[right - 1] = first;
        }
    }
}
