package imagefunctions.imaging.tiff;

import imagefunctions.imaging.error.DamagedImageException;
import imagefunctions.imaging.error.NotAnImageException;
import imagefunctions.imaging.pixels.Cmyk;
import imagefunctions.imaging.pixels.Flatten;
import imagefunctions.imaging.pixels.IccProfile;
import imagefunctions.imaging.pixels.Picture;
import imagefunctions.imaging.tiff.TiffLayout.Alpha;
import imagefunctions.imaging.tiff.TiffLayout.Photometric;
import java.awt.image.BufferedImage;
import java.util.Optional;

/** Turns 8-bit samples to grey or to blue, green, red, composited on white. */
final class TiffColours {
    private static final int COLOUR_MAP = 320;
    private static final int INKS = 4;

    private final TiffLayout layout;
    private final int bands;
    private final byte[] palette;
    private final TiffYcbcr ycbcr;

    /** Not there before the first row is: a file that is refused takes no memory for its pixels. */
    private Optional<BufferedImage> pixels = Optional.empty();

    private byte[] to = new byte[0];

    /** For the printing colours, which are converted all at once. */
    private byte[] inks = new byte[0];

    /** How opaque they are; not there where they are all, or what is stored is what lies on the paper already. */
    private byte[] cover = new byte[0];

    private final Optional<IccProfile> profile;

    TiffColours(TiffLayout layout, TiffDirectory directory, Optional<IccProfile> profile) {
        this.layout = layout;
        this.profile = profile;
        palette = layout.photometric == Photometric.PALETTE ? palette(directory) : new byte[0];
        bands = grey() ? 1 : 3;
        ycbcr = TiffYcbcr.of(layout, directory);
    }

    private void allocate() {
        if (layout.photometric == Photometric.CMYK) {
            int size = Math.multiplyExact(layout.width, layout.height);
            inks = new byte[Math.multiplyExact(INKS, size)];
            cover = layout.alpha == Alpha.UNASSOCIATED ? new byte[size] : cover;
        } else {
            BufferedImage all = Picture.pixels(layout.width, layout.height, bands);
            to = Picture.samples(all);
            pixels = Optional.of(all);
        }
    }

    private boolean grey() {
        return switch (layout.photometric) {
            case WHITE_IS_ZERO, BLACK_IS_ZERO -> true;
            case PALETTE -> {
                boolean grey = true;
                for (int i = 0; i < palette.length; i += 3) {
                    grey &= palette[i] == palette[i + 1] && palette[i] == palette[i + 2];
                }
                yield grey;
            }
            case RGB, YCBCR, CMYK -> false;
        };
    }

    /**
     * TIFF 6.0, section 5: all reds, all greens, all blues, of 16 bits, of which only the upper ones count, since many programs
     * leave the lower ones zero; some write 8.
     */
    private byte[] palette(TiffDirectory directory) {
        if (layout.bits > 8) {
            throw NotAnImageException.unsupported("A TIFF with a palette of %d bits".formatted(layout.bits), null);
        }
        long[] map = directory
                .numbers(COLOUR_MAP, 3 << layout.bits)
                .filter(all -> all.length == 3 << layout.bits)
                .orElseThrow(() -> new DamagedImageException("TIFF file has no whole palette", null));
        boolean wide = false;
        for (long value : map) {
            wide |= value > 255;
        }
        byte[] colours = new byte[3 << layout.bits];
        for (int i = 0; i < colours.length; i++) {
            long value = map[i % 3 * (1 << layout.bits) + i / 3];
            colours[i] = (byte) (wide ? value >> 8 : value);
        }
        return colours;
    }

    /** Writes a row of pixels, whose samples lie side by side, from a column on. */
    void write(byte[] row, int x, int y, int count) {
        if (pixels.isEmpty() && inks.length == 0) {
            allocate();
        }
        int samples = layout.samples;
        if (inks.length > 0) {
            for (int i = 0, pixel = y * layout.width + x; i < count; i++, pixel++) {
                System.arraycopy(row, i * samples, inks, pixel * INKS, INKS);
                if (cover.length > 0) {
                    cover[pixel] = row[i * samples + layout.alphaAt];
                }
            }
            return;
        }
        int at = (y * layout.width + x) * bands;
        for (int i = 0, from = 0; i < count; i++, from += samples, at += bands) {
            int alpha = layout.alpha == Alpha.NONE ? 255 : row[from + layout.alphaAt] & 0xFF;
            switch (layout.photometric) {
                case WHITE_IS_ZERO -> put(at, ~row[from] & 0xFF, alpha);
                case BLACK_IS_ZERO -> put(at, row[from] & 0xFF, alpha);
                case PALETTE -> {
                    for (int band = 0; band < bands; band++) {
                        put(at + band, palette[3 * (row[from] & 0xFF) + bands - 1 - band] & 0xFF, alpha);
                    }
                }
                case RGB -> {
                    put(at, row[from + 2] & 0xFF, alpha);
                    put(at + 1, row[from + 1] & 0xFF, alpha);
                    put(at + 2, row[from] & 0xFF, alpha);
                }
                case YCBCR -> {
                    int luma = row[from] & 0xFF;
                    int cb = row[from + 1] & 0xFF;
                    int cr = row[from + 2] & 0xFF;
                    put(at, ycbcr.blue(luma, cb), alpha);
                    put(at + 1, ycbcr.green(luma, cb, cr), alpha);
                    put(at + 2, ycbcr.red(luma, cr), alpha);
                }
                case CMYK -> throw new IllegalStateException();
            }
        }
    }

    private void put(int at, int sample, int alpha) {
        to[at] = switch (layout.alpha) {
            case NONE -> (byte) sample;
            case ASSOCIATED -> (byte) Math.min(255, sample + 255 - alpha);
            case UNASSOCIATED -> Flatten.composited(sample, alpha);
        };
    }

    /** The picture, when all rows are written. */
    BufferedImage pixels() {
        return pixels.orElseGet(this::printed);
    }

    private BufferedImage printed() {
        BufferedImage printed = Cmyk.toRgb(inks, layout.width, layout.height, profile);
        Flatten.onWhite(Picture.samples(printed), cover);
        return printed;
    }
}
