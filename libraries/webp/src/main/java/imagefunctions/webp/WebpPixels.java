package imagefunctions.webp;

import imagefunctions.webp.format.DamagedWebpException;
import imagefunctions.webp.format.Frame;
import imagefunctions.webp.format.UnsupportedWebpException;
import imagefunctions.webp.format.WebpFile;
import imagefunctions.webp.lossless.LosslessDecoder;
import imagefunctions.webp.lossy.LossyDecoder;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * The decoded pixels of a file, those of an animated one's first frame on its canvas.
 *
 * <p>Memory while decoding, for each pixel: a lossy picture takes at most 3 bytes, with alpha 6; a lossless one 8, with
 * alpha 9, and 32 MB in addition. A frame that does not fill its canvas takes as much, and the canvas another 4 bytes a
 * pixel.
 *
 * @param bgr blue, green and red of each pixel, row after row, not multiplied by alpha
 * @param alpha how opaque each pixel is, from 0 to 255; none if the file has no alpha or all is opaque
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record WebpPixels(int width, int height, byte[] bgr, Optional<byte[]> alpha) {
    // Also the default of JpegLimits, which this library does not know.
    /** The most pixels of a canvas unless the caller says otherwise. */
    public static final long MAX_PIXELS = 100_000_000;

    /** Three bytes of each have to fit an array. */
    private static final long MOST = Integer.MAX_VALUE / 4;

    /** Decodes a file of up to {@link #MAX_PIXELS}. */
    public static WebpPixels decode(WebpFile file) {
        return decode(file, MAX_PIXELS);
    }

    /**
     * Decodes a file; colours are as stored, not converted by its profile.
     *
     * @param maxPixels of the canvas; if it has more, nothing is allocated
     * @throws DamagedWebpException if it is corrupt, or any pixel is missing
     * @throws UnsupportedWebpException if it has more pixels, or is of a kind that is not supported
     * @throws CancellationException if the thread is interrupted
     */
    public static WebpPixels decode(WebpFile file, long maxPixels) {
        long limit = Math.min(maxPixels, MOST);
        if ((long) file.width() * file.height() > limit) {
            throw new UnsupportedWebpException("A WebP picture of %d x %d pixels, more than %d in all"
                    .formatted(file.width(), file.height(), limit));
        }
        Frame frame = file.frame();
        WebpPixels pixels = frame.lossless() ? lossless(frame) : lossy(frame);
        boolean fills = frame.width() == file.width() && frame.height() == file.height();
        return fills ? pixels : onCanvas(pixels, frame, file.width(), file.height());
    }

    private static WebpPixels lossy(Frame frame) {
        Optional<byte[]> alpha = frame.alpha().map(data -> AlphaPlane.decode(data, frame.width(), frame.height()));
        return new WebpPixels(frame.width(), frame.height(), LossyDecoder.decode(frame), alpha);
    }

    private static WebpPixels lossless(Frame frame) {
        SplitRows rows = new SplitRows(frame.width(), frame.height());
        LosslessDecoder.decode(frame.bitstream(), frame.width(), frame.height(), rows);
        return rows.pixels();
    }

    /** The frame in its place on a transparent canvas. */
    private static WebpPixels onCanvas(WebpPixels pixels, Frame frame, int width, int height) {
        byte[] bgr = new byte[3 * width * height];
        byte[] alpha = new byte[width * height];
        for (int y = 0; y < frame.height(); y++) {
            int from = y * frame.width();
            int to = (frame.top() + y) * width + frame.left();
            System.arraycopy(pixels.bgr(), 3 * from, bgr, 3 * to, 3 * frame.width());
            if (pixels.alpha().isPresent()) {
                System.arraycopy(pixels.alpha().get(), from, alpha, to, frame.width());
            } else {
                Arrays.fill(alpha, to, to + frame.width(), (byte) 0xFF);
            }
        }
        return new WebpPixels(width, height, bgr, Optional.of(alpha));
    }
}
