package imagefunctions.imaging;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a JPEG file says before its first scan (ITU-T T.81, annex B). */
final class JpegHeader {

    private static final int SOF0 = 0xC0;
    private static final int DHT = 0xC4;
    private static final int JPG = 0xC8;
    private static final int DAC = 0xCC;
    private static final int SOF15 = 0xCF;
    private static final int RST0 = 0xD0;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int DQT = 0xDB;
    private static final int APP0 = 0xE0;
    private static final int APP1 = 0xE1;
    private static final int APP2 = 0xE2;
    private static final int APP14 = 0xEE;
    private static final int TEM = 0x01;
    private static final int SOF2 = 0xC2;

    /** Natural index of the k-th coefficient in zigzag order (T.81, figure A.6). */
    private static final int[] ZIGZAG = {
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14,
        21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60,
        61, 54, 47, 55, 62, 63
    };

    /** A component as the frame declares it. */
    record Component(int id, int across, int down, int table) {}

    private final byte[] file;
    private final Map<Integer, QuantTable> tables = new HashMap<>();
    private final List<byte[]> exif = new ArrayList<>();
    private final Map<Integer, byte[]> profile = new TreeMap<>();
    private List<Component> components = List.of();
    private int frame;
    private int precision;
    private int width;
    private int height;
    private int scanComponents;
    private boolean jfif;
    private Optional<Integer> adobeTransform = Optional.empty();

    private JpegHeader(byte[] file) {
        this.file = file;
    }

    static JpegHeader of(byte[] file) {
        JpegHeader header = new JpegHeader(file);
        try {
            header.readSegments();
        } catch (IndexOutOfBoundsException e) {
            throw new DamagedImage("JPEG file ends before its pixels begin", e);
        }
        return header;
    }

    private void readSegments() {
        int at = 2;
        while (true) {
            while (byteAt(at) != 0xFF || byteAt(at + 1) == 0 || byteAt(at + 1) == 0xFF) {
                at++;
            }
            int marker = byteAt(at + 1);
            at += 2;
            if (marker == TEM || (marker >= RST0 && marker < EOI)) {
                continue;
            }
            if (marker == EOI) {
                throw new DamagedImage("JPEG file ends before its pixels begin", null);
            }
            int length = shortAt(at);
            if (length < 2 || at + length > file.length) {
                throw new DamagedImage("JPEG file ends before its pixels begin", null);
            }
            readSegment(marker, at + 2, at + length);
            at += length;
            if (marker == SOS) {
                return;
            }
        }
    }

    private void readSegment(int marker, int start, int end) {
        switch (marker) {
            case DQT -> readTables(start, end);
            case SOS -> scanComponents = byteAt(start);
            case APP0 -> jfif |= starts(start, end, "JFIF\0");
            case APP1 -> {
                if (starts(start, end, "Exif\0")) {
                    exif.add(Arrays.copyOfRange(file, Math.min(start + 6, end), end));
                }
            }
            case APP2 -> {
                if (starts(start, end, "ICC_PROFILE\0") && end - start > 14) {
                    profile.putIfAbsent(byteAt(start + 12), Arrays.copyOfRange(file, start + 14, end));
                }
            }
            case APP14 -> {
                if (starts(start, end, "Adobe") && end - start >= 12) {
                    adobeTransform = Optional.of(byteAt(start + 11));
                }
            }
            default -> {
                if (marker >= SOF0 && marker <= SOF15 && marker != DHT && marker != JPG && marker != DAC) {
                    readFrame(marker, start, end);
                }
            }
        }
    }

    private void readFrame(int marker, int start, int end) {
        frame = marker;
        precision = byteAt(start);
        height = shortAt(start + 1);
        width = shortAt(start + 3);
        int count = byteAt(start + 5);
        if (start + 6 + 3 * count > end) {
            throw new DamagedImage("JPEG file's frame header is broken", null);
        }
        List<Component> declared = new ArrayList<>();
        for (int at = start + 6; declared.size() < count; at += 3) {
            declared.add(new Component(byteAt(at), byteAt(at + 1) >> 4, byteAt(at + 1) & 15, byteAt(at + 2)));
        }
        components = declared;
    }

    private void readTables(int start, int end) {
        int at = start;
        while (at < end) {
            boolean wide = byteAt(at) >> 4 != 0;
            int slot = byteAt(at) & 15;
            at++;
            Integer[] steps = new Integer[64];
            for (int k : ZIGZAG) {
                steps[k] = wide ? shortAt(at) : byteAt(at);
                at += wide ? 2 : 1;
            }
            tables.put(slot, new QuantTable(List.of(steps)));
        }
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    int frame() {
        return frame;
    }

    /** Bits a sample. */
    int precision() {
        return precision;
    }

    List<Component> components() {
        return components;
    }

    /** Whether pixels may still be missing after a scan that is whole. */
    boolean severalScans() {
        return frame == SOF2 || scanComponents < components.size();
    }

    boolean adobe() {
        return adobeTransform.isPresent();
    }

    /** Whether the first three components are Y, Cb, Cr, by the rules of libjpeg. */
    boolean lumaAndChroma() {
        if (components.size() == 4) {
            return adobeTransform.orElse(0) == 2;
        }
        if (jfif || adobeTransform.isPresent()) {
            return jfif || adobeTransform.get() != 0;
        }
        return !components.stream().map(Component::id).toList().equals(List.of((int) 'R', (int) 'G', (int) 'B'));
    }

    /** The file's own tables and sampling, for a result of the same quality. */
    Coding coding() {
        List<Coding.Component> coded = components.stream()
                .limit(3)
                .flatMap(component -> Stream.ofNullable(tables.get(component.table()))
                        .map(table -> new Coding.Component(component.across(), component.down(), table)))
                .toList();
        return coded.size() == Math.min(3, components.size()) ? new Coding(coded) : Coding.quality(Quality.DEFAULT);
    }

    /** The turn that the first EXIF block with a sensible orientation asks for. */
    Optional<Turn> upright() {
        return exif.stream()
                .flatMap(block -> Ifd.of(block).orientation().stream())
                .findFirst()
                .flatMap(Turn::upright);
    }

    /** The colour profile, put together from its segments (ICC.1:2022, B.4). */
    Optional<IccProfile> profile() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        profile.values().forEach(whole::writeBytes);
        return IccProfile.of(whole.toByteArray());
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
