package imagefunctions.imaging.tiff;

import imagefunctions.imaging.error.DamagedImageException;
import imagefunctions.imaging.error.NotAnImageException;
import imagefunctions.jpeg.format.Interruption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** How strips and tiles are compressed (TIFF 6.0, sections 7 to 13, and its supplement 2). */
enum TiffCompression {
    NONE(1, 1L),
    CCITT_RLE(4000, 2L),
    CCITT_T4(4000, 3L),
    CCITT_T6(100_000, 4L),
    LZW(4096, 5L),
    JPEG(10_000, 7L),
    DEFLATE(1032, 8L, 32946L),
    PACK_BITS(64, 32773L);

    private static final Map<Long, String> NOT_READ = Map.of(
            6L, "with JPEG of the old kind",
            9L, "compressed with JBIG",
            10L, "compressed with JBIG",
            34661L, "compressed with JBIG",
            34712L, "compressed with JPEG 2000",
            34925L, "compressed with LZMA",
            50000L, "compressed with Zstandard",
            50001L, "compressed with WebP",
            50002L, "compressed with JPEG XL");

    private static final int PIECE = 1 << 20;

    private final int mostExpansion;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<Long> codes;

    /**
     * A compression.
     *
     * @param mostExpansion how many bytes one byte may become, or a bound that no honest picture reaches
     * @param codes by which files name it
     */
    TiffCompression(int mostExpansion, Long... codes) {
        this.mostExpansion = mostExpansion;
        this.codes = List.of(codes);
    }

    static TiffCompression of(long code) {
        return Arrays.stream(values())
                .filter(each -> each.codes.contains(code))
                .findFirst()
                .orElseThrow(() -> NotAnImageException.unsupported(
                        "A TIFF " + NOT_READ.getOrDefault(code, "of compression " + code), null));
    }

    /** Whether it compresses black and white pictures only. */
    boolean bilevel() {
        return this == CCITT_RLE || this == CCITT_T4 || this == CCITT_T6;
    }

    /** Whether a predictor may stand before it; that of all others is passed over, as libtiff has it. */
    boolean predicts() {
        return this == LZW || this == DEFLATE;
    }

    /** The fewest bytes that this number of bytes may be compressed to. */
    long leastBytes(long bytes) {
        return bytes / mostExpansion;
    }

    /**
     * Decompresses all but JPEG and CCITT.
     *
     * @param bytes how many must come out, at least
     * @throws DamagedImageException if fewer come out, or the data are broken
     */
    byte[] decompress(byte[] data, int bytes) {
        byte[] result = new byte[bytes];
        int length =
                switch (this) {
                    case NONE -> {
                        int there = Math.min(data.length, bytes);
                        System.arraycopy(data, 0, result, 0, there);
                        yield there;
                    }
                    case LZW -> lzw(data, result);
                    case DEFLATE -> inflate(data, result);
                    case PACK_BITS -> unpack(data, result);
                    case JPEG, CCITT_RLE, CCITT_T4, CCITT_T6 -> throw new IllegalStateException(name());
                };
        if (length < bytes) {
            throw new DamagedImageException("TIFF file is cut short, pixels are missing", null);
        }
        return result;
    }

    private static int inflate(byte[] data, byte[] result) {
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(data);
            int length = 0;
            while (length < result.length) {
                Interruption.check();
                int more = inflater.inflate(result, length, Math.min(PIECE, result.length - length));
                if (more == 0 && (inflater.finished() || inflater.needsInput() || inflater.needsDictionary())) {
                    break;
                }
                length += more;
            }
            if (length == result.length) {
                checkEnd(inflater);
            }
            return length;
        } catch (DataFormatException e) {
            throw broken(e);
        }
    }

    /**
     * Has the rest of the stream read and its checksum compared, if it is not far away: without that, bytes that came in or
     * were lost would not be noticed.
     */
    private static void checkEnd(Inflater inflater) throws DataFormatException {
        byte[] rest = new byte[64];
        for (int read = 0; read < PIECE && !inflater.finished(); ) {
            int more = inflater.inflate(rest);
            if (more == 0 && !inflater.finished()) {
                throw broken(null);
            }
            read += more;
        }
    }

    /** TIFF 6.0, section 9; a run that goes on behind the last pixel shows that bytes came in or were lost before. */
    private static int unpack(byte[] data, byte[] result) {
        int length = 0;
        int at = 0;
        while (length < result.length && at < data.length) {
            int code = data[at++];
            int count = code >= 0 ? code + 1 : code == -128 ? 0 : 1 - code;
            if (count > result.length - length) {
                throw broken(null);
            }
            if (code >= 0) {
                count = Math.min(count, data.length - at);
                System.arraycopy(data, at, result, length, count);
                at += count;
            } else if (count > 0) {
                if (at == data.length) {
                    break;
                }
                Arrays.fill(result, length, length + count, data[at++]);
            }
            length += count;
        }
        return length;
    }

    /** TIFF 6.0, section 13: codes of 9 to 12 bits, the first bit highest, each width left one code early. */
    private static int lzw(byte[] data, byte[] result) {
        if (data.length > 1 && data[0] == 0 && (data[1] & 1) == 1) {
            throw NotAnImageException.unsupported("A TIFF compressed with LZW of the old kind", null);
        }
        int clear = 256;
        int end = 257;
        int first = end + 1;
        // A code from the first on stands for bytes that were written before: those of the code before it, and the one
        // behind them.
        int[] starts = new int[Math.min(4097 - first, data.length + 2)];
        int[] lengths = new int[starts.length];
        int next = first;
        int width = 9;
        int written = 0;
        int last = 0;
        long bits = 0;
        int held = 0;
        int at = 0;
        while (written < result.length) {
            while (held < width) {
                if (at == data.length) {
                    return written;
                }
                bits = (bits << 8) | (data[at++] & 0xFF);
                held += 8;
            }
            int code = (int) (bits >> (held - width)) & ((1 << width) - 1);
            held -= width;
            if (code == end) {
                return written;
            }
            if (code == clear) {
                Interruption.check();
                next = first;
                width = 9;
                last = written;
                continue;
            }
            if (last < written && next - first < starts.length - 1) {
                starts[next - first] = last;
                lengths[next - first] = written - last + 1;
                next++;
                if (next == (1 << width) - 1 && width < 12) {
                    width++;
                }
            }
            last = written;
            if (code < clear) {
                result[written++] = (byte) code;
            } else if (code < next) {
                // One by one, since the newest code reaches into what it writes.
                int stop = (int) Math.min((long) written + lengths[code - first], result.length);
                for (int from = starts[code - first]; written < stop; from++, written++) {
                    result[written] = result[from];
                }
            } else {
                throw broken(null);
            }
        }
        return written;
    }

    private static DamagedImageException broken(@Nullable Throwable cause) {
        return new DamagedImageException("TIFF file's pixels are broken", cause);
    }
}
