package imagefunctions.imaging.pixels;

import imagefunctions.jpeg.format.IccSegments;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An embedded colour profile (ICC.1:2022). Grey and RGB samples are taken as they are stored, and the profile goes along
 * with them, or a grey one with the same tone curve does.
 */
public final class IccProfile {
    private static final int HEADER = 128;
    private static final int TAG = 12;
    private static final int RGB = signature("RGB ");
    private static final int GREY = signature("GRAY");
    private static final int CMYK = signature("CMYK");

    /** sRGB's primaries as a profile states them, adapted to D50 (IEC 61966-2-1 and ICC.1:2022, annex E). */
    private static final Map<String, double[]> SRGB_PRIMARIES = Map.of(
            "rXYZ", new double[] {0.4361, 0.2225, 0.0139},
            "gXYZ", new double[] {0.3851, 0.7169, 0.0971},
            "bXYZ", new double[] {0.1431, 0.0606, 0.7141});

    private static final double SAME = 0.003;

    private final byte[] bytes;

    private IccProfile(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The profile in these bytes, if all that its tag table names lies within them. A length that its header states
     * wrongly is put right.
     */
    public static Optional<IccProfile> of(byte[] bytes) {
        if (bytes.length < HEADER + 4 || word(bytes, 36) != signature("acsp")) {
            return Optional.empty();
        }
        int tags = word(bytes, HEADER);
        if (tags < 0 || tags > (bytes.length - HEADER - 4) / TAG) {
            return Optional.empty();
        }
        long end = HEADER + 4 + (long) tags * TAG;
        for (int tag = 0; tag < tags; tag++) {
            int at = HEADER + 4 + tag * TAG;
            end = Math.max(
                    end, Integer.toUnsignedLong(word(bytes, at + 4)) + Integer.toUnsignedLong(word(bytes, at + 8)));
        }
        if (end > bytes.length) {
            return Optional.empty();
        }
        long stated = Integer.toUnsignedLong(word(bytes, 0));
        byte[] whole = Arrays.copyOf(bytes, (int) (stated >= end && stated <= bytes.length ? stated : bytes.length));
        ByteBuffer.wrap(whole).putInt(0, whole.length);
        return Optional.of(whole)
                .filter(profile -> profile.length <= IccSegments.MAX_PROFILE)
                .map(IccProfile::new);
    }

    /** The profile that a result needs to be displayed right, if it needs one: sRGB is what everybody assumes. */
    public Optional<IccProfile> accompanying(boolean grey) {
        int space = word(bytes, 16);
        if (!grey) {
            return Optional.of(this).filter(profile -> space == RGB && !isSrgb());
        }
        return curve(space == GREY ? "kTRC" : "gTRC")
                .filter(curve -> (space == GREY || space == RGB) && !curve.isSrgb())
                .map(curve -> space == GREY ? this : grey(curve));
    }

    /** Whether it describes CMYK samples. */
    boolean cmyk() {
        return word(bytes, 16) == CMYK;
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /** The JPEG file with this profile inserted after its JFIF segment. */
    public byte[] insertedInto(byte[] jpeg) {
        return IccSegments.inserted(jpeg, bytes);
    }

    /** By its primaries and curves: a name says nothing, and a look-up table may hold anything. */
    private boolean isSrgb() {
        return element("A2B0").isEmpty()
                && SRGB_PRIMARIES.entrySet().stream().allMatch(primary -> isAt(primary.getKey(), primary.getValue()))
                && List.of("rTRC", "gTRC", "bTRC").stream()
                        .allMatch(name -> curve(name).filter(ToneCurve::isSrgb).isPresent());
    }

    private boolean isAt(String name, double[] expected) {
        Optional<byte[]> xyz = element(name).filter(element -> element.length >= 20);
        if (xyz.isEmpty()) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (Math.abs(word(xyz.get(), 8 + 4 * i) / 65536.0 - expected[i]) > SAME) {
                return false;
            }
        }
        return true;
    }

    private Optional<ToneCurve> curve(String name) {
        return element(name).flatMap(ToneCurve::of);
    }

    /** The tagged element of this name. */
    private Optional<byte[]> element(String name) {
        int wanted = signature(name);
        for (int tag = HEADER + 4, count = word(bytes, HEADER); count > 0; tag += TAG, count--) {
            if (word(bytes, tag) == wanted) {
                int at = word(bytes, tag + 4);
                return Optional.of(Arrays.copyOfRange(bytes, at, at + word(bytes, tag + 8)));
            }
        }
        return Optional.empty();
    }

    /** The smallest grey profile with that curve: parametric ones came with version 4. */
    private static IccProfile grey(ToneCurve curve) {
        Map<String, byte[]> elements = new TreeMap<>();
        elements.put("cprt", curve.parametric() ? localised("CC0") : text("text", "CC0\0"));
        elements.put("desc", curve.parametric() ? localised("Grey") : description("Grey"));
        elements.put("kTRC", curve.element());
        elements.put(
                "wtpt",
                d50(ByteBuffer.allocate(20).putInt(signature("XYZ ")).putInt(0)).array());
        int at = HEADER + 4 + elements.size() * TAG;
        int length = at
                + elements.values().stream()
                        .mapToInt(element -> padded(element.length))
                        .sum();
        ByteBuffer profile = ByteBuffer.allocate(length);
        profile.putInt(0, length)
                .putInt(8, curve.parametric() ? 0x04300000 : 0x02100000)
                .putInt(12, signature("mntr"))
                .putInt(16, GREY)
                .putInt(20, signature("XYZ "))
                .putShort(24, (short) 2026)
                .putShort(26, (short) 1)
                .putShort(28, (short) 1)
                .putInt(36, signature("acsp"));
        d50(profile.position(68));
        profile.putInt(HEADER, elements.size()).position(HEADER + 4);
        for (Map.Entry<String, byte[]> element : elements.entrySet()) {
            profile.putInt(signature(element.getKey())).putInt(at).putInt(element.getValue().length);
            profile.put(at, element.getValue());
            at += padded(element.getValue().length);
        }
        return new IccProfile(profile.array());
    }

    /** The white of the space in which profiles are connected. */
    private static ByteBuffer d50(ByteBuffer to) {
        return to.putInt(0xF6D6).putInt(0x10000).putInt(0xD32D);
    }

    private static byte[] text(String type, String text) {
        return ByteBuffer.allocate(8 + text.length())
                .putInt(signature(type))
                .putInt(0)
                .put(text.getBytes(StandardCharsets.US_ASCII))
                .array();
    }

    /** Version 2: ASCII, and neither Unicode nor Macintosh text. */
    private static byte[] description(String text) {
        ByteBuffer element = ByteBuffer.allocate(12 + text.length() + 1 + 4 + 4 + 2 + 1 + 67);
        return element.putInt(signature("desc"))
                .putInt(0)
                .putInt(text.length() + 1)
                .put(text.getBytes(StandardCharsets.US_ASCII))
                .array();
    }

    /** Version 4: one string, in English. */
    private static byte[] localised(String text) {
        byte[] string = text.getBytes(StandardCharsets.UTF_16BE);
        return ByteBuffer.allocate(28 + string.length)
                .putInt(signature("mluc"))
                .putInt(0)
                .putInt(1)
                .putInt(TAG)
                .put("enUS".getBytes(StandardCharsets.US_ASCII))
                .putInt(string.length)
                .putInt(28)
                .put(string)
                .array();
    }

    private static int padded(int length) {
        return length + 3 & ~3;
    }

    private static int word(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).getInt(at);
    }

    private static int signature(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)).getInt();
    }
}
