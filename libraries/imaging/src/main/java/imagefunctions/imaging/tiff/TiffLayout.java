package imagefunctions.imaging.tiff;

import imagefunctions.imaging.error.DamagedImageException;
import imagefunctions.imaging.error.NotAnImageException;
import java.nio.ByteOrder;
import java.util.Arrays;

/** How a TIFF file's pixels are stored: what a sample is, and in which strips or tiles the samples lie. */
public final class TiffLayout {
    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int BITS = 258;
    private static final int COMPRESSION = 259;
    private static final int PHOTOMETRIC = 262;
    private static final int FILL_ORDER = 266;
    private static final int STRIP_OFFSETS = 273;
    private static final int SAMPLES = 277;
    private static final int ROWS_PER_STRIP = 278;
    private static final int STRIP_LENGTHS = 279;
    private static final int PLANAR = 284;
    private static final int PREDICTOR = 317;
    private static final int TILE_WIDTH = 322;
    private static final int TILE_HEIGHT = 323;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_LENGTHS = 325;
    private static final int EXTRA_SAMPLES = 338;
    private static final int SAMPLE_FORMAT = 339;
    private static final int T4_OPTIONS = 292;
    private static final int T6_OPTIONS = 293;
    private static final int UNCOMPRESSED_MODE = 2;
    private static final int YCBCR_SAMPLING = 530;

    /** Cyan, magenta, yellow, black and transparency. */
    private static final int MAX_SAMPLES = 5;

    /** Tiles may be larger than a small picture. */
    private static final long FREE_PIXELS = 4 << 20;

    /** Tiles have 16 x 16 pixels or more (TIFF 6.0, section 15): a hundred megapixels are fewer. */
    private static final int MOST_SEGMENTS = 1 << 19;

    /** Files that store a strip once and name it twice exist. */
    private static final int MOST_USES = 2;

    /** What the samples of a pixel mean (TIFF 6.0, PhotometricInterpretation). */
    enum Photometric {
        WHITE_IS_ZERO(0, 1),
        BLACK_IS_ZERO(1, 1),
        RGB(2, 3),
        PALETTE(3, 1),
        CMYK(5, 4),
        YCBCR(6, 3);

        private final int code;
        private final int colours;

        Photometric(int code, int colours) {
            this.code = code;
            this.colours = colours;
        }

        /** Samples a pixel, without transparency. */
        int colours() {
            return colours;
        }
    }

    /** What the sample behind the colours is. */
    enum Alpha {
        NONE,
        /** Colours are multiplied by it already. */
        ASSOCIATED,
        UNASSOCIATED
    }

    final int width;
    final int height;
    final int bits;
    final int samples;
    final boolean floats;
    final Photometric photometric;
    final Alpha alpha;
    final int alphaAt;
    final TiffCompression compression;
    final boolean planar;
    final int predictor;
    final boolean reversedBits;
    final boolean twoDimensional;
    final int horizontalSampling;
    final int verticalSampling;
    final boolean tiled;
    final int segmentWidth;
    final int segmentHeight;
    final long[] offsets;
    final long[] lengths;
    final ByteOrder order;

    private TiffLayout(TiffDirectory directory, long fileLength) {
        order = directory.order();
        width = width(directory);
        height = height(directory);
        samples = Math.clamp(directory.number(SAMPLES, 1), 0, Short.MAX_VALUE);
        bits = bits(directory);
        floats = floats(directory);
        compression = TiffCompression.of(directory.number(COMPRESSION, 1));
        photometric = photometric(directory);
        long[] extra = directory
                .numbers(EXTRA_SAMPLES, MAX_SAMPLES)
                .orElse(new long[] {photometric == Photometric.RGB ? 2 : 0});
        alphaAt = alphaAt(extra);
        alpha = alphaAt < 0
                ? Alpha.NONE
                : extra[alphaAt - photometric.colours()] == 1 ? Alpha.ASSOCIATED : Alpha.UNASSOCIATED;
        planar = directory.number(PLANAR, 1) == 2 && samples > 1;
        predictor = predictor(directory);
        reversedBits = directory.number(FILL_ORDER, 1) == 2;
        long options = directory.number(compression == TiffCompression.CCITT_T6 ? T6_OPTIONS : T4_OPTIONS, 0);
        if (compression.bilevel() && (options & UNCOMPRESSED_MODE) != 0) {
            throw NotAnImageException.unsupported("A TIFF with uncompressed parts in CCITT's compression", null);
        }
        twoDimensional = compression == TiffCompression.CCITT_T6 || (options & 1) != 0;
        long[] sampling = directory
                .numbers(YCBCR_SAMPLING, 2)
                .filter(both -> both.length == 2)
                .orElse(new long[] {2, 2});
        boolean subsampled = photometric == Photometric.YCBCR && compression != TiffCompression.JPEG;
        horizontalSampling = subsampled ? Math.clamp(sampling[0], 0, Short.MAX_VALUE) : 1;
        verticalSampling = subsampled ? Math.clamp(sampling[1], 0, Short.MAX_VALUE) : 1;
        tiled = directory.has(TILE_WIDTH);
        segmentWidth = tiled ? side(directory, TILE_WIDTH) : width;
        segmentHeight =
                tiled ? side(directory, TILE_HEIGHT) : Math.clamp(directory.number(ROWS_PER_STRIP, height), 1, height);
        check();
        // Both names are found with either way.
        offsets = numbers(directory, directory.has(TILE_OFFSETS) ? TILE_OFFSETS : STRIP_OFFSETS);
        lengths = directory
                .numbers(directory.has(TILE_LENGTHS) ? TILE_LENGTHS : STRIP_LENGTHS, segments())
                .filter(all -> all.length == segments())
                .orElseGet(() -> lengthsByOffset(fileLength));
        checkPlaces(fileLength);
    }

    /**
     * The layout that a directory states.
     *
     * @throws DamagedImageException if it contradicts itself or the file's length
     * @throws NotAnImageException if it is of a kind that is not read
     */
    public static TiffLayout of(TiffDirectory directory, long fileLength) {
        return new TiffLayout(directory, fileLength);
    }

    /** The width that a directory states, to be limited first of all. */
    public static int width(TiffDirectory directory) {
        return side(directory, WIDTH);
    }

    public static int height(TiffDirectory directory) {
        return side(directory, HEIGHT);
    }

    /** The bytes of all samples of a pixel. */
    public int bytesPerPixel() {
        return Math.ceilDiv(samples * bits, 8);
    }

    /** The rows of each strip or tile but the last strip. */
    public int segmentHeight() {
        return segmentHeight;
    }

    /** Strips or tiles side by side. */
    int across() {
        return Math.ceilDiv(width, segmentWidth);
    }

    int down() {
        return Math.ceilDiv(height, segmentHeight);
    }

    int segments() {
        return Math.multiplyExact(Math.multiplyExact(across(), down()), planar ? samples : 1);
    }

    /** Samples of a pixel that lie side by side in a segment. */
    int samplesTogether() {
        return planar ? 1 : samples;
    }

    /** The bytes of a row of a segment; not of a subsampled one. */
    int rowBytes() {
        return Math.toIntExact(((long) segmentWidth * samplesTogether() * bits + 7) / 8);
    }

    private static int side(TiffDirectory directory, int tag) {
        long side = directory.number(tag, 0);
        if (side < 1 || side > Integer.MAX_VALUE) {
            throw new DamagedImageException("TIFF file states no size", null);
        }
        return (int) side;
    }

    private int bits(TiffDirectory directory) {
        long[] all = directory.numbers(BITS, MAX_SAMPLES).orElse(new long[] {1});
        if (Arrays.stream(all).distinct().count() > 1) {
            throw NotAnImageException.unsupported("A TIFF whose samples have different numbers of bits", null);
        }
        return Math.clamp(all[0], 0, Short.MAX_VALUE);
    }

    private boolean floats(TiffDirectory directory) {
        return switch ((int) directory.number(SAMPLE_FORMAT, 1)) {
            case 3 -> {
                if (bits != 32 && bits != 64 && bits != 16) {
                    throw NotAnImageException.unsupported("A TIFF of %d-bit floats".formatted(bits), null);
                }
                yield true;
            }
            case 1, 4 -> {
                if (bits < 1 || bits > 32) {
                    throw NotAnImageException.unsupported("A TIFF of %d bits a sample".formatted(bits), null);
                }
                yield false;
            }
            case 2 -> throw NotAnImageException.unsupported("A TIFF of signed samples", null);
            default -> throw NotAnImageException.unsupported("A TIFF of complex samples", null);
        };
    }

    /** One that is not known may mean anything. */
    private int predictor(TiffDirectory directory) {
        int stated = (int) directory.number(PREDICTOR, 1);
        boolean known = stated == 2 || stated == 3;
        return known && !compression.predicts() ? 1 : stated;
    }

    private Photometric photometric(TiffDirectory directory) {
        long code = directory.number(PHOTOMETRIC).orElseGet(() -> compression.bilevel() ? 0L : samples < 3 ? 1L : 2L);
        return Arrays.stream(Photometric.values())
                .filter(each -> each.code == code)
                .findFirst()
                .orElseThrow(() -> NotAnImageException.unsupported(
                        switch ((int) code) {
                            case 4 -> "A transparency mask in a TIFF file";
                            case 8, 9, 10 -> "A TIFF in L*a*b* colours";
                            case 32803, 34892 -> "A camera's raw picture in a TIFF file";
                            case 32844, 32845 -> "A TIFF in LogLuv colours";
                            default -> "A TIFF in colours of kind " + code;
                        },
                        null));
    }

    /**
     * Which sample of a pixel is its transparency, or -1. A sample more than the colours need, of which nothing is said, is
     * what most programs mean by it.
     */
    private int alphaAt(long[] extra) {
        for (int i = 0; i < Math.min(extra.length, samples - photometric.colours()); i++) {
            if (extra[i] == 1 || extra[i] == 2) {
                return photometric.colours() + i;
            }
        }
        return -1;
    }

    private void check() {
        if (samples > MAX_SAMPLES) {
            throw NotAnImageException.unsupported("A picture of %d samples a pixel".formatted(samples), null);
        }
        if (samples < photometric.colours()) {
            throw new DamagedImageException("TIFF file has fewer samples than its colours need", null);
        }
        if ((compression.bilevel() && (bits != 1 || samples != 1))
                || (compression == TiffCompression.JPEG && bits != 8)) {
            throw new DamagedImageException("TIFF file contradicts itself about its bits", null);
        }
        boolean fits = predictor == 1 || (predictor == 2 && bits % 8 == 0) || (predictor == 3 && floats);
        if (!fits) {
            throw NotAnImageException.unsupported("A TIFF with predictor %d".formatted(predictor), null);
        }
        if (horizontalSampling * verticalSampling > 1 && (bits != 8 || planar || samples != 3)) {
            throw NotAnImageException.unsupported("A subsampled TIFF of this layout", null);
        }
        if (!powerOfTwo(horizontalSampling) || !powerOfTwo(verticalSampling)) {
            throw new DamagedImageException("TIFF file's subsampling is broken", null);
        }
        if ((long) across() * down() * (planar ? samples : 1) > MOST_SEGMENTS) {
            throw NotAnImageException.unsupported(
                    "A TIFF of more than %d strips or tiles".formatted(MOST_SEGMENTS), null);
        }
        long stored = (long) across() * segmentWidth * ((long) down() * segmentHeight);
        if (tiled && stored > FREE_PIXELS + 2L * width * height) {
            throw NotAnImageException.unsupported("A TIFF whose tiles are that much larger than the picture", null);
        }
    }

    private static boolean powerOfTwo(int factor) {
        return factor == 1 || factor == 2 || factor == 4;
    }

    private long[] numbers(TiffDirectory directory, int tag) {
        return directory
                .numbers(tag, segments())
                .filter(all -> all.length == segments())
                .orElseThrow(() -> new DamagedImageException("TIFF file does not say where its pixels are", null));
    }

    /** Some old programs leave the lengths out: up to the next segment or the end. */
    private long[] lengthsByOffset(long fileLength) {
        long[] sorted = Arrays.stream(offsets).sorted().toArray();
        return Arrays.stream(offsets)
                .map(offset -> {
                    int behind = Arrays.binarySearch(sorted, offset) + 1;
                    return (behind > 0 && behind < sorted.length ? sorted[behind] : fileLength) - offset;
                })
                .toArray();
    }

    private void checkPlaces(long fileLength) {
        long sum = 0;
        for (int i = 0; i < segments(); i++) {
            if (offsets[i] < 0 || offsets[i] > fileLength) {
                throw new DamagedImageException("TIFF file is cut short, pixels are missing", null);
            }
            if (lengths[i] <= 0 || lengths[i] > fileLength - offsets[i]) {
                // What is missing then shows when it is decoded.
                lengths[i] = fileLength - offsets[i];
            }
            sum += lengths[i];
        }
        if (sum > MOST_USES * fileLength) {
            throw new DamagedImageException("TIFF file uses the same bytes for too many of its pixels", null);
        }
        int block = horizontalSampling * verticalSampling;
        long bytes =
                block == 1 ? (long) width * height * samples * bits / 8 : (long) width * height * (block + 2) / block;
        if (sum < compression.leastBytes(bytes)) {
            throw new DamagedImageException("TIFF file is cut short, pixels are missing", null);
        }
    }
}
