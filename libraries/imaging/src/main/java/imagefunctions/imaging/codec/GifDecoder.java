package imagefunctions.imaging.codec;

import imagefunctions.imaging.error.DamagedImageException;
import imagefunctions.imaging.pixels.Coding;
import imagefunctions.imaging.pixels.Picture;
import imagefunctions.jpeg.format.Interruption;
import imagefunctions.jpeg.format.Transform;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Optional;

/** Decodes the first frame of a GIF, at its place on a white screen (GIF89a, sections 18, 20 and appendix F). */
final class GifDecoder {
    private static final int MOST_BITS = 12;
    private static final int MOST_CODES = 1 << MOST_BITS;

    /** Codes of 12 bits stand for at most 4096 pixels each. */
    private static final int MOST_PIXELS_PER_BYTE = 2731;

    /** A screen may be larger than what is shown on it. */
    private static final long FREE_PIXELS = 1 << 24;

    private static final int WHITE = 0xFFFFFF;
    private static final int BLACK = 0;

    /** First row and step of each pass of an interlaced frame (appendix E). */
    private static final int[][] PASSES = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};

    private final byte[] file;
    private final GifFile gif;
    private final GifFile.Frame frame;

    private GifDecoder(byte[] file, GifFile gif) {
        this.file = file;
        this.gif = gif;
        this.frame = gif.frame();
    }

    static Picture decode(byte[] file, GifFile gif, PixelLimit limit) {
        limit.check(gif.width(), gif.height());
        long screen = (long) gif.width() * gif.height();
        if (screen > FREE_PIXELS && screen > (long) file.length * MOST_PIXELS_PER_BYTE) {
            throw new DamagedImageException("GIF file is too short for its pixels", null);
        }
        BufferedImage pixels = new GifDecoder(file, gif).decode();
        return new Picture(pixels, Coding.DEFAULT, Transform.NONE, Optional.empty());
    }

    private BufferedImage decode() {
        byte[] indices = indices();
        boolean grey = Arrays.stream(frame.colours()).allMatch(GifDecoder::grey);
        int bands = grey ? 1 : 3;
        int[] colours = Arrays.copyOf(frame.colours(), 256);
        Arrays.fill(colours, frame.colours().length, 256, BLACK);
        if (frame.transparent() >= 0) {
            colours[frame.transparent()] = WHITE;
        }
        BufferedImage screen = Picture.pixels(gif.width(), gif.height(), bands);
        byte[] samples = Picture.samples(screen);
        if (frame.width() < gif.width() || frame.height() < gif.height()) {
            Arrays.fill(samples, (byte) WHITE);
        }
        int from = 0;
        for (int[] pass : frame.interlaced() ? PASSES : new int[][] {{0, 1}}) {
            for (int y = pass[0]; y < frame.height(); y += pass[1]) {
                Interruption.check();
                int at = ((frame.top() + y) * gif.width() + frame.left()) * bands;
                for (int x = 0; x < frame.width(); x++, at += bands) {
                    int colour = colours[indices[from++] & 0xFF];
                    for (int band = 0; band < bands; band++) {
                        samples[at + band] = (byte) (colour >> (8 * band));
                    }
                }
            }
        }
        return screen;
    }

    private static boolean grey(int colour) {
        return (colour & 0xFF) == (colour >> 8 & 0xFF) && (colour & 0xFF) == (colour >> 16);
    }

    /**
     * The palette indices of the frame, in the order in which they are stored: LZW with codes that grow from one bit
     * more than the first byte says to 12 bits.
     */
    private byte[] indices() {
        int size = frame.dataAt() < file.length ? file[frame.dataAt()] & 0xFF : 0;
        if (size < 1 || size > MOST_BITS) {
            throw new DamagedImageException("GIF file's codes have a size that does not exist", null);
        }
        byte[] data = data();
        long pixels = (long) frame.width() * frame.height();
        long codes = 8L * data.length / (size + 1);
        if (pixels > codes * Math.min(MOST_CODES, codes)) {
            throw cutShort();
        }
        return lzw(data, size, new byte[Math.toIntExact(pixels)]);
    }

    private byte[] lzw(byte[] data, int size, byte[] indices) {
        int clear = 1 << size;
        int end = clear + 1;
        // A code stands for indices that were written before: those of the code before it, and the one behind them.
        int[] starts = new int[MOST_CODES];
        int[] lengths = new int[MOST_CODES];
        int next = end + 1;
        int width = size + 1;
        int written = 0;
        int last = 0;
        long bits = 0;
        int held = 0;
        int at = 0;
        while (written < indices.length) {
            while (held < width) {
                if (at == data.length) {
                    throw cutShort();
                }
                bits |= (data[at++] & 0xFFL) << held;
                held += 8;
            }
            int code = (int) bits & (1 << width) - 1;
            bits >>>= width;
            held -= width;
            if (code == clear) {
                Interruption.check();
                next = end + 1;
                width = size + 1;
                last = written;
                continue;
            }
            if (code == end) {
                throw cutShort();
            }
            if (last < written && next < MOST_CODES) {
                starts[next] = last;
                lengths[next] = written - last + 1;
                next++;
            }
            // Of the smallest size, they grow behind the first code, which adds none.
            if (next == 1 << width && width < MOST_BITS) {
                width++;
            }
            last = written;
            if (code < Math.min(clear, 256)) {
                indices[written++] = (byte) code;
            } else if (code > end && code < next) {
                // One by one, since the newest code reaches into what it writes.
                int stop = (int) Math.min((long) written + lengths[code], indices.length);
                for (int from = starts[code]; written < stop; from++, written++) {
                    indices[written] = indices[from];
                }
            } else {
                throw new DamagedImageException("GIF file has a code that stands for nothing", null);
            }
        }
        while (held < width && at < data.length) {
            bits |= (data[at++] & 0xFFL) << held;
            held += 8;
        }
        // An encoder may leave codes over; where the blocks went astray as well, bytes came in between or are lost.
        if (!gif.inOrder() && held >= width && ((int) bits & (1 << width) - 1) != end) {
            throw new DamagedImageException("GIF file has more codes than pixels, and no block behind them", null);
        }
        return indices;
    }

    /** The bytes of the frame's blocks, joined. */
    private byte[] data() {
        byte[] data = new byte[file.length - frame.dataAt()];
        int length = 0;
        int at = frame.dataAt() + 1;
        while (at < file.length && file[at] != 0) {
            int block = Math.min(file[at] & 0xFF, file.length - at - 1);
            System.arraycopy(file, at + 1, data, length, block);
            length += block;
            at += 1 + block;
        }
        return Arrays.copyOf(data, length);
    }

    private static DamagedImageException cutShort() {
        return new DamagedImageException("GIF file is cut short, pixels are missing", null);
    }
}
