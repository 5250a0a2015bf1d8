package imagefunctions.imaging.pixels;

import imagefunctions.jpeg.format.Interruption;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import net.coobird.thumbnailator.Thumbnails;
import net.coobird.thumbnailator.resizers.Resizer;

/**
 * Shrinks pixels with an antialiasing bicubic filter, after a box filter if there is much to shrink, as Pillow does
 * with a reducing_gap.
 */
public final class Bicubic implements Resizer {

    // The bicubic filter still shrinks by at least this factor, which hides the artefacts of the box filter.
    private static final double GAP = 2.0;

    private Bicubic() {}

    /** The pixels at another size, on each side at most their own. */
    public static BufferedImage resize(BufferedImage pixels, int width, int height) {
        try {
            return Thumbnails.of(pixels)
                    .forceSize(width, height)
                    .imageType(pixels.getType())
                    .resizer(new Bicubic())
                    .asBufferedImage();
        } catch (IOException e) {
            throw new UncheckedIOException("Pixels in memory are resized without input or output", e);
        }
    }

    @Override
    public void resize(BufferedImage source, BufferedImage target) {
        double acrossRatio = (double) source.getWidth() / target.getWidth();
        double downRatio = (double) source.getHeight() / target.getHeight();
        int across = Math.max(1, (int) (acrossRatio / GAP));
        int down = Math.max(1, (int) (downRatio / GAP));
        BufferedImage small = BlockMean.of(source, across, down);

        int bands = source.getRaster().getNumBands();
        Taps columns = Taps.of(small.getWidth(), target.getWidth(), acrossRatio / across);
        Taps rows = Taps.of(small.getHeight(), target.getHeight(), downRatio / down);
        byte[] narrow = new byte[target.getWidth() * small.getHeight() * bands];
        for (int y = 0; y < small.getHeight(); y++) {
            Interruption.check();
            for (int band = 0; band < bands; band++) {
                columns.filter(
                        Picture.samples(small),
                        y * small.getWidth() * bands + band,
                        bands,
                        narrow,
                        y * target.getWidth() * bands + band,
                        bands);
            }
        }
        int row = target.getWidth() * bands;
        for (int sample = 0; sample < row; sample++) {
            Interruption.check();
            rows.filter(narrow, sample, row, Picture.samples(target), sample, row);
        }
    }
}
