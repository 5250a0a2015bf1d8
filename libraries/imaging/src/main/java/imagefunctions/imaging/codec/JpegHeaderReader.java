package imagefunctions.imaging.codec;

import imagefunctions.imaging.error.DamagedImageException;
import imagefunctions.imaging.pixels.QuantTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a JPEG file's header, segment by segment up to its first scan (ITU-T T.81, annex B). */
final class JpegHeaderReader {

    private static final String NO_PIXELS = "JPEG file ends before its pixels begin";

    /** Natural index of the k-th coefficient in zigzag order (T.81, figure A.6). */
    private static final int[] ZIGZAG = {
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14,
        21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60,
        61, 54, 47, 55, 62, 63
    };

    private final byte[] file;
    private final Map<Integer, QuantTable> tables = new HashMap<>();
    private final List<byte[]> exif = new ArrayList<>();
    private final SortedMap<Integer, byte[]> profileParts = new TreeMap<>();
    private final List<byte[]> essentials = new ArrayList<>();
    private JpegHeader.@Nullable Frame frame;
    private boolean jfif;
    private Optional<Integer> adobeTransform = Optional.empty();

    private JpegHeaderReader(byte[] file) {
        this.file = file;
    }

    static JpegHeader read(byte[] file) {
        try {
            return new JpegHeaderReader(file).readSegments();
        } catch (IndexOutOfBoundsException e) {
            throw new DamagedImageException(NO_PIXELS, e);
        }
    }

    private JpegHeader readSegments() {
        int at = 2;
        while (true) {
            // Stray bytes between segments are passed over, as libjpeg does.
            while (byteAt(at) != 0xFF || byteAt(at + 1) == 0 || byteAt(at + 1) == 0xFF) {
                at++;
            }
            int marker = byteAt(at + 1);
            at += 2;
            if (JpegMarker.standsAlone(marker)) {
                continue;
            }
            int length = shortAt(at);
            int end = at + length;
            if (marker == JpegMarker.EOI || length < 2 || end > file.length) {
                throw new DamagedImageException(NO_PIXELS, null);
            }
            if (JpegMarker.decodes(marker)) {
                essentials.add(Arrays.copyOfRange(file, at - 2, end));
            }
            if (marker == JpegMarker.SOS) {
                return header(byteAt(at + 2), end);
            }
            readSegment(marker, at + 2, end);
            at = end;
        }
    }

    private JpegHeader header(int scanComponents, int scanStart) {
        if (frame == null) {
            throw new DamagedImageException("JPEG file has no frame header", null);
        }
        return new JpegHeader(
                frame, tables, jfif, adobeTransform, exif, profileParts, essentials, scanComponents, scanStart);
    }

    private void readSegment(int marker, int start, int end) {
        switch (marker) {
            case JpegMarker.DQT -> readTables(start, end);
            case JpegMarker.APP0 -> jfif |= starts(start, end, "JFIF\0");
            case JpegMarker.APP1 -> readExif(start, end);
            case JpegMarker.APP2 -> readProfilePart(start, end);
            case JpegMarker.APP14 -> readAdobe(start, end);
            default -> {
                if (JpegMarker.beginsFrame(marker)) {
                    readFrame(marker, start, end);
                }
            }
        }
    }

    private void readFrame(int marker, int start, int end) {
        int count = byteAt(start + 5);
        if (frame != null || start + 6 + 3 * count > end) {
            throw new DamagedImageException("JPEG file's frame header is broken", null);
        }
        List<JpegHeader.Component> components = new ArrayList<>();
        for (int at = start + 6; components.size() < count; at += 3) {
            int factors = byteAt(at + 1);
            if (factors >> 4 == 0 || (factors & 15) == 0) {
                throw new DamagedImageException("JPEG file's frame header is broken", null);
            }
            components.add(new JpegHeader.Component(byteAt(at), factors >> 4, factors & 15, byteAt(at + 2)));
        }
        frame = new JpegHeader.Frame(marker, byteAt(start), shortAt(start + 3), shortAt(start + 1), components);
    }

    private void readTables(int start, int end) {
        int at = start;
        while (at < end) {
            boolean wide = byteAt(at) >> 4 != 0;
            int slot = byteAt(at) & 15;
            at++;
            Integer[] steps = new Integer[64];
            for (int natural : ZIGZAG) {
                steps[natural] = wide ? shortAt(at) : byteAt(at);
                at += wide ? 2 : 1;
            }
            tables.put(slot, new QuantTable(List.of(steps)));
        }
    }

    private void readExif(int start, int end) {
        if (starts(start, end, "Exif\0") && end - start > 6) {
            exif.add(Arrays.copyOfRange(file, start + 6, end));
        }
    }

    /** A name, the part's number, how many there are, the part (ICC.1:2022, B.4). */
    private void readProfilePart(int start, int end) {
        if (starts(start, end, "ICC_PROFILE\0") && end - start > 14) {
            profileParts.putIfAbsent(byteAt(start + 12), Arrays.copyOfRange(file, start + 14, end));
        }
    }

    /** A name, a version, two words of flags, the colour transform (ITU-T T.872, 6.5.3). */
    private void readAdobe(int start, int end) {
        if (starts(start, end, "Adobe") && end - start >= 12) {
            adobeTransform = Optional.of(byteAt(start + 11));
        }
    }

    private int byteAt(int at) {
        return file[at] & 0xFF;
    }

    private int shortAt(int at) {
        return byteAt(at) << 8 | byteAt(at + 1);
    }

    private boolean starts(int start, int end, String text) {
        byte[] magic = text.getBytes(StandardCharsets.US_ASCII);
        return end - start >= magic.length && Arrays.equals(file, start, start + magic.length, magic, 0, magic.length);
    }
}
