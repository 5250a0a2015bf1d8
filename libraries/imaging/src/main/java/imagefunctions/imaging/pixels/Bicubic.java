package imagefunctions.imaging.pixels;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import net.coobird.thumbnailator.Thumbnails;
import net.coobird.thumbnailator.resizers.Resizer;

/** Shrinks pixels with an antialiasing bicubic filter, after means of whole blocks where there is much to shrink. */
public final class Bicubic implements Resizer {

    // What the means leave for the filter: at least to half of the size, so that they are not seen.
    private static final double GAP = 2.0;

    private Bicubic() {}

    /** These pixels, made smaller or left as they are on each side. */
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
            rows.filter(narrow, sample, row, Picture.samples(target), sample, row);
        }
    }
}
