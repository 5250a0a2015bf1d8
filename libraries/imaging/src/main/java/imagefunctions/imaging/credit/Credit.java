package imagefunctions.imaging.credit;

import imagefunctions.jpeg.format.AddedSegments;
import imagefunctions.jpeg.format.Marker;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Who made a picture and who owns it: Exif's Artist and Copyright, and IPTC's by-lines, credit and copyright notice. */
public final class Credit {

    /** What a file says that says nothing. */
    public static final Credit NONE = new Credit(Map.of(), Optional.empty());

    /** The most bytes of a text; a longer one is none. */
    static final int MOST_BYTES = 2000;

    private static final int ARTIST = 0x013B;
    private static final int COPYRIGHT = 0x8298;
    private static final int ASCII = 2;
    private static final int HEADER = 8;
    private static final int ENTRY = 12;
    private static final int INLINE = 4;

    private final Map<Integer, byte[]> exif;
    private final Optional<byte[]> iptc;

    private Credit(Map<Integer, byte[]> exif, Optional<byte[]> iptc) {
        this.exif = exif;
        this.iptc = iptc;
    }

    /**
     * What a file's metadata say.
     *
     * @param exif the text of a tag of Exif's first directory
     * @param iptc data sets, or Photoshop's image resources with data sets in them
     */
    public static Credit of(Function<Integer, Optional<byte[]>> exif, Optional<byte[]> iptc) {
        Map<Integer, byte[]> texts = new TreeMap<>();
        for (int tag : new int[] {ARTIST, COPYRIGHT}) {
            exif.apply(tag).flatMap(Credit::text).ifPresent(text -> texts.put(tag, text));
        }
        return new Credit(texts, iptc.flatMap(Iptc::credit));
    }

    /** With one zero at its end; cameras fill what nobody has set with blanks. */
    private static Optional<byte[]> text(byte[] value) {
        int length = value.length;
        while (length > 0 && value[length - 1] == 0) {
            length--;
        }
        return length > MOST_BYTES || new String(value, 0, length, StandardCharsets.ISO_8859_1).isBlank()
                ? Optional.empty()
                : Optional.of(Arrays.copyOf(Arrays.copyOf(value, length), length + 1));
    }

    /** Adds EXIF and IPTC that have this and nothing else. */
    public void addTo(AddedSegments segments) {
        if (!exif.isEmpty()) {
            segments.add(Marker.APP1, exifSegment());
        }
        iptc.ifPresent(sets -> segments.add(Marker.APP13, Iptc.segment(sets)));
    }

    /** A directory (TIFF 6.0, section 2) behind Exif's identifier, as short as it can be. */
    private byte[] exifSegment() {
        int valuesAt = HEADER + 2 + ENTRY * exif.size() + 4;
        ByteBuffer directory = ByteBuffer.allocate(valuesAt);
        ByteArrayOutputStream values = new ByteArrayOutputStream();
        directory.put((byte) 'M').put((byte) 'M').putShort((short) 42).putInt(HEADER);
        directory.putShort((short) exif.size());
        exif.forEach((tag, text) -> {
            directory.putShort(tag.shortValue()).putShort((short) ASCII).putInt(text.length);
            if (text.length <= INLINE) {
                directory.put(Arrays.copyOf(text, INLINE));
            } else {
                directory.putInt(valuesAt + values.size());
                values.writeBytes(Arrays.copyOf(text, text.length + text.length % 2));
            }
        });
        ByteArrayOutputStream segment = new ByteArrayOutputStream();
        segment.writeBytes("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
        segment.writeBytes(directory.array());
        segment.writeBytes(values.toByteArray());
        return segment.toByteArray();
    }
}
