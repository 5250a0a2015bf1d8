package imagefunctions.jpeg.samples;

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
            for (int x = 0; x < w; x++) {
                int fromX = transform.mirrorsX() ? w - 1 - x : x;
                out[y * w + x] =
                        transform.transposes() ? samples[fromX * stride + fromY] : samples[fromY * stride + fromX];
            }
        }
        return of(out, w, h);
    }
}
