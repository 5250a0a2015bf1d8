package imagefunctions.imaging.pixels;

import imagefunctions.jpeg.format.Interruption;
import java.awt.image.BufferedImage;
import java.util.Arrays;

/** A box filter: shrinks pixels by integer factors, each block to its mean; edge pixels are repeated. */
public final class BlockMean {

    private BlockMean() {}

    public static BufferedImage of(BufferedImage pixels, int across, int down) {
        if (across == 1 && down == 1) {
            return pixels;
        }
        int width = pixels.getWidth();
        int height = pixels.getHeight();
        int bands = pixels.getRaster().getNumBands();
        BufferedImage small = Picture.pixels(Math.ceilDiv(width, across), Math.ceilDiv(height, down), bands);
        byte[] from = Picture.samples(pixels);
        byte[] to = Picture.samples(small);
        int area = across * down;
        int[] sums = new int[small.getWidth() * bands];
        int target = 0;
        for (int y = 0; y < small.getHeight(); y++) {
            Interruption.check();
            Arrays.fill(sums, area / 2);
            for (int row = y * down; row < (y + 1) * down; row++) {
                addRow(from, Math.min(row, height - 1) * width * bands, width, bands, across, sums);
            }
            for (int sum : sums) {
                to[target++] = (byte) (sum / area);
            }
        }
        return small;
    }

    private static void addRow(byte[] from, int row, int width, int bands, int across, int[] sums) {
        int source = row;
        int last = row + (width - 1) * bands;
        for (int block = 0; block < sums.length; block += bands) {
            for (int i = 0; i < across; i++) {
                for (int band = 0; band < bands; band++) {
                    sums[block + band] += from[source + band] & 0xFF;
                }
                source = Math.min(source + bands, last);
            }
        }
    }
}
