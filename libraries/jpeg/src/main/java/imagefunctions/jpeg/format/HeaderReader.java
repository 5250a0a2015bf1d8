package imagefunctions.jpeg.format;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Walks from marker to marker, gathers tables, and stops at every scan (ITU-T T.81, annex B). */
public final class HeaderReader {
    private static final int MAX_SEGMENTS = 10_000;

    private final byte[] bytes;
    private final JpegLimits limits;
    private final int[] @Nullable [] quantisation = new int[4][];
    private final @Nullable HuffmanTable[] dc = new HuffmanTable[4];
    private final @Nullable HuffmanTable[] ac = new HuffmanTable[4];
    private final List<Segment> segments = new ArrayList<>();
    private final int[] @Nullable [] latched = new int[4][];
    private @Nullable Frame frame;
    private int restartInterval;
    private int adobeTransform = -1;
    private boolean ended;
    private int scans;
    private int segmentsRead;

    HeaderReader(byte[] bytes, JpegLimits limits) {
        this.bytes = bytes;
        this.limits = limits;
    }

    /** A reader that goes on from the same place by itself. */
    HeaderReader(HeaderReader other) {
        this(other.bytes, other.limits);
        System.arraycopy(other.quantisation, 0, quantisation, 0, 4);
        System.arraycopy(other.latched, 0, latched, 0, 4);
        System.arraycopy(other.dc, 0, dc, 0, 4);
        System.arraycopy(other.ac, 0, ac, 0, 4);
        segments.addAll(other.segments);
        frame = other.frame;
        restartInterval = other.restartInterval;
        adobeTransform = other.adobeTransform;
        scans = other.scans;
        segmentsRead = other.segmentsRead;
    }

    @Nullable
    Frame frame() {
        return frame;
    }

    List<Segment> segments() {
        return List.copyOf(segments);
    }

    /** The Adobe segment's colour transform, -1 if there is no such segment. */
    int adobeTransform() {
        return adobeTransform;
    }

    /** The quantisation table, in zig-zag order, that was in force when the component's first scan began. */
    public int[] quantisation(int component) {
        int[] table = latched[component];
        if (table == null) {
            throw new DamagedJpegException("Component " + component + " has no scan.");
        }
        return table;
    }

    public HuffmanTable dcTable(int number) {
        return required(dc[number], "DC", number);
    }

    public HuffmanTable acTable(int number) {
        return required(ac[number], "AC", number);
    }

    private static HuffmanTable required(@Nullable HuffmanTable table, String kind, int number) {
        if (table == null) {
            throw new DamagedJpegException(
                    "A scan uses the " + kind + " Huffman table " + number + " that is missing.");
        }
        return table;
    }

    /** Whether the end marker has been met. */
    public boolean ended() {
        return ended;
    }

    /** Reads on from the offset, over junk and fill bytes, to the next scan; null at the end of the picture. */
    @Nullable
    public Scan next(int offset) {
        int at = offset;
        while (true) {
            while (at + 1 < bytes.length && (bytes[at] != -1 || bytes[at + 1] == -1)) {
                at++;
            }
            if (at + 1 >= bytes.length) {
                return null;
            }
            int marker = Bytes.u8(bytes, at + 1);
            if (marker == Marker.EOI) {
                ended = true;
                return null;
            }
            if (Marker.standsAlone(marker)) {
                at += 2;
                continue;
            }
            if (at + 3 >= bytes.length) {
                return null;
            }
            Segment segment = new Segment(marker, at + 4, Bytes.u16(bytes, at + 2) - 2);
            at = segment.offset() + segment.length();
            if (segment.length() < 0 || at > bytes.length) {
                throw new DamagedJpegException(
                        "The file ends within the marker segment at byte " + segment.offset() + ".");
            }
            if (marker == Marker.SOS) {
                return scan(segment);
            }
            read(segment);
        }
    }

    private void read(Segment segment) {
        if (++segmentsRead > MAX_SEGMENTS) {
            throw new UnsupportedJpegException("The file has more than " + MAX_SEGMENTS + " marker segments.");
        }
        int marker = segment.marker();
        if (Marker.isFrame(marker)) {
            if (frame != null) {
                throw new DamagedJpegException("The file has two frames.");
            }
            frame = Frame.parse(marker, bytes, segment, limits);
        } else if (marker == Marker.DQT) {
            readQuantisation(segment);
        } else if (marker == Marker.DHT) {
            readHuffman(segment);
        } else if (marker == Marker.DRI && segment.length() >= 2) {
            restartInterval = Bytes.u16(bytes, segment.offset());
        } else if ((marker >= Marker.APP0 && marker <= Marker.APP15) || marker == Marker.COM) {
            segments.add(segment);
            readApplication(segment);
        }
    }

    private void readApplication(Segment segment) {
        if (segment.marker() == Marker.APP14 && segment.length() >= 12 && startsWith(segment, "Adobe")) {
            adobeTransform = Bytes.u8(bytes, segment.offset() + 11);
        }
    }

    private boolean startsWith(Segment segment, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (i >= segment.length() || bytes[segment.offset() + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void readQuantisation(Segment segment) {
        int at = segment.offset();
        int end = at + segment.length();
        while (at < end) {
            int wide = Bytes.u8(bytes, at) >> 4;
            int number = Bytes.u8(bytes, at) & 15;
            at++;
            if (wide > 1 || number > 3 || at + 64 * (wide + 1) > end) {
                throw new DamagedJpegException("A quantisation table is cut short or misnumbered.");
            }
            int[] table = new int[64];
            for (int k = 0; k < 64; k++, at += wide + 1) {
                table[k] = wide == 1 ? Bytes.u16(bytes, at) : Bytes.u8(bytes, at);
                if (table[k] == 0) {
                    throw new DamagedJpegException("A quantisation table has a step of 0.");
                }
            }
            quantisation[number] = table;
        }
    }

    private void readHuffman(Segment segment) {
        int at = segment.offset();
        int end = at + segment.length();
        while (at < end) {
            int tableClass = Bytes.u8(bytes, at) >> 4;
            int number = Bytes.u8(bytes, at) & 15;
            at++;
            if (tableClass > 1 || number > 3) {
                throw new DamagedJpegException("A Huffman table is misnumbered.");
            }
            HuffmanTable table = HuffmanTable.parse(bytes, at, end - at);
            (tableClass == 0 ? dc : ac)[number] = table;
            at += table.definitionLength();
        }
    }

    private Scan scan(Segment segment) {
        Frame picture = frame;
        if (picture == null) {
            throw new DamagedJpegException("A scan comes before the frame header.");
        }
        if (++scans > limits.maxScans()) {
            throw new UnsupportedJpegException("The file has more than " + limits.maxScans() + " scans.");
        }
        int at = segment.offset();
        int count = segment.length() == 0 ? 0 : Bytes.u8(bytes, at);
        if (count < 1 || count > picture.components().size() || segment.length() < 4 + 2 * count) {
            throw new DamagedJpegException("A scan header declares " + count + " components.");
        }
        List<Scan.Part> parts = new ArrayList<>(count);
        int blocks = 0;
        for (int i = 0; i < count; i++) {
            int component = component(picture, Bytes.u8(bytes, at + 1 + 2 * i));
            int tables = Bytes.u8(bytes, at + 2 + 2 * i);
            if (tables >> 4 > 3
                    || (tables & 15) > 3
                    || parts.stream().anyMatch(part -> part.component() == component)) {
                throw new DamagedJpegException("A scan header names a table or a component that there is not.");
            }
            parts.add(new Scan.Part(component, tables >> 4, tables & 15));
            Component plane = picture.components().get(component);
            blocks += plane.horizontal() * plane.vertical();
            if (latched[component] == null) {
                latched[component] = quantisation[plane.quantisation()];
            }
            if (latched[component] == null) {
                throw new DamagedJpegException("Quantisation table " + plane.quantisation() + " is missing.");
            }
        }
        if (count > 1 && blocks > Support.MAX_BLOCKS_IN_MCU) {
            throw new DamagedJpegException("An MCU of " + blocks + " blocks is larger than JPEG allows.");
        }
        int end = at + 1 + 2 * count;
        int approximation = Bytes.u8(bytes, end + 2);
        Scan scan = new Scan(
                List.copyOf(parts),
                Bytes.u8(bytes, end),
                Bytes.u8(bytes, end + 1),
                approximation >> 4,
                approximation & 15,
                restartInterval,
                at + segment.length());
        return picture.progressive() ? checked(scan) : sequential(scan);
    }

    private static int component(Frame frame, int id) {
        for (int c = 0; c < frame.components().size(); c++) {
            if (frame.components().get(c).id() == id) {
                return c;
            }
        }
        throw new DamagedJpegException("A scan names the component " + id + " that the frame lacks.");
    }

    /** Sequential scans carry all coefficients; what some encoders write there instead is as good as nothing. */
    private static Scan sequential(Scan scan) {
        return new Scan(scan.parts(), 0, 63, 0, 0, scan.restartInterval(), scan.dataOffset());
    }

    /** Refuses a progression that G.1.1.1.1 forbids. */
    private static Scan checked(Scan scan) {
        boolean band = scan.spectralStart() == 0
                ? scan.spectralEnd() == 0
                : scan.spectralStart() <= scan.spectralEnd()
                        && scan.spectralEnd() <= 63
                        && scan.parts().size() == 1;
        boolean precision = scan.approximationLow() <= 13
                && (scan.approximationHigh() == 0 || scan.approximationHigh() == scan.approximationLow() + 1);
        if (!band || !precision) {
            throw new DamagedJpegException(
                    "A progressive scan has the coefficients " + scan.spectralStart() + " to " + scan.spectralEnd()
                            + ", bits " + scan.approximationHigh() + " to " + scan.approximationLow() + ".");
        }
        return scan;
    }
}
