package imagefunctions.imaging.codec;

import imagefunctions.imaging.error.DamagedImageException;
import imagefunctions.imaging.pixels.Flatten;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/** Turns rows of PNG samples to 8-bit grey or to blue, green, red, composited on white. */
abstract sealed class PngColours {
    private static final int BLACK = 0;

    final int bands;

    private PngColours(int bands) {
        this.bands = bands;
    }

    static PngColours of(PngHeader header, PngFile file) {
        return switch (header.type()) {
            case PALETTE -> palette(header, file);
            case GREY ->
                header.depth() == 16
                        ? new Samples(1, 16, false, transparent(file, 1))
                        : greys(header.depth(), transparent(file, 1));
            case RGB -> new Samples(3, header.depth(), false, transparent(file, 3));
            case GREY_ALPHA -> new Samples(1, header.depth(), true, Optional.empty());
            case RGB_ALPHA -> new Samples(3, header.depth(), true, Optional.empty());
        };
    }

    /** 1 for grey; 3 for blue, green, red. */
    int bands() {
        return bands;
    }

    /**
     * Writes a row.
     *
     * @param first where its first pixel goes
     * @param step the distance to the next pixel
     */
    abstract void write(byte[] row, int pixels, byte[] to, int first, int step);

    /** PNG, 11.3.1.1: the colour that is transparent, two bytes a sample. */
    private static Optional<int[]> transparent(PngFile file, int samples) {
        return file.transparency()
                .filter(bytes -> bytes.length >= 2 * samples)
                .map(ByteBuffer::wrap)
                .map(bytes -> IntStream.range(0, samples)
                        .map(sample -> bytes.getShort(2 * sample) & 0xFFFF)
                        .toArray());
    }

    private static PngColours greys(int depth, Optional<int[]> transparent) {
        int full = (1 << depth) - 1;
        byte[] table = new byte[full + 1];
        for (int sample = 0; sample <= full; sample++) {
            table[sample] = (byte) (sample * 255 / full);
        }
        // Of a colour that is stated with too many bits, the low ones count (PNG, 11.3.1.1).
        transparent.ifPresent(colour -> table[colour[0] & full] = (byte) 255);
        return new Table(depth, 1, table);
    }

    private static PngColours palette(PngHeader header, PngFile file) {
        byte[] palette = file.pixelData("PLTE")
                .filter(chunk -> chunk.length >= 3)
                .orElseThrow(() -> new DamagedImageException("PNG file has no palette", null));
        byte[] alphas = file.transparency().orElse(new byte[0]);
        int colours = Math.min(palette.length / 3, 256);
        // More alphas than colours count for nothing, as libpng has it.
        int alphaCount = alphas.length <= colours ? alphas.length : 0;
        boolean grey = IntStream.range(0, colours)
                .allMatch(i -> palette[3 * i] == palette[3 * i + 1] && palette[3 * i] == palette[3 * i + 2]);
        int bands = grey ? 1 : 3;
        byte[] table = new byte[bands << header.depth()];
        // An index behind the end of the palette is black, as libpng has it.
        Arrays.fill(table, (byte) BLACK);
        for (int i = 0; i < Math.min(colours, 1 << header.depth()); i++) {
            int alpha = i < alphaCount ? alphas[i] & 0xFF : 255;
            for (int band = 0; band < bands; band++) {
                table[i * bands + band] = Flatten.composited(palette[3 * i + bands - 1 - band] & 0xFF, alpha);
            }
        }
        return new Table(header.depth(), bands, table);
    }

    /** Grey of at most 8 bits, or a palette: a finished colour for each value. */
    private static final class Table extends PngColours {
        private final int depth;
        private final byte[] table;

        Table(int depth, int bands, byte[] table) {
            super(bands);
            this.depth = depth;
            this.table = table;
        }

        @Override
        void write(byte[] row, int pixels, byte[] to, int first, int step) {
            int mask = (1 << depth) - 1;
            for (int i = 0, bit = 0, at = first; i < pixels; i++, bit += depth, at += step) {
                int value = row[bit >> 3] >> (8 - depth - (bit & 7)) & mask;
                for (int band = 0; band < bands; band++) {
                    to[at + band] = table[value * bands + band];
                }
            }
        }
    }

    /** Samples of 8 or 16 bits, with an alpha channel or one transparent colour or neither. */
    private static final class Samples extends PngColours {
        private final int bytes;
        private final boolean alpha;
        private final Optional<int[]> transparent;

        Samples(int bands, int depth, boolean alpha, Optional<int[]> transparent) {
            super(bands);
            bytes = depth / 8;
            this.alpha = alpha;
            this.transparent = transparent;
        }

        @Override
        void write(byte[] row, int pixels, byte[] to, int first, int step) {
            int stride = (alpha ? bands + 1 : bands) * bytes;
            for (int i = 0, from = 0, at = first; i < pixels; i++, from += stride, at += step) {
                int opacity = opacity(row, from);
                for (int band = 0; band < bands; band++) {
                    int sample = eightBits(row, from + (bands - 1 - band) * bytes);
                    to[at + band] = opacity == 255 ? (byte) sample : Flatten.composited(sample, opacity);
                }
            }
        }

        private int opacity(byte[] row, int from) {
            if (alpha) {
                return eightBits(row, from + bands * bytes);
            }
            return transparent.isPresent() && matches(transparent.get(), row, from) ? 0 : 255;
        }

        private boolean matches(int[] colour, byte[] row, int from) {
            for (int band = 0; band < bands; band++) {
                if (sample(row, from + band * bytes) != (bytes == 1 ? colour[band] & 0xFF : colour[band])) {
                    return false;
                }
            }
            return true;
        }

        private int sample(byte[] row, int at) {
            return bytes == 1 ? row[at] & 0xFF : ((row[at] & 0xFF) << 8) | (row[at + 1] & 0xFF);
        }

        private int eightBits(byte[] row, int at) {
            int sample = sample(row, at);
            return bytes == 1 ? sample : (sample * 255 + 32767) / 65535;
        }
    }
}
