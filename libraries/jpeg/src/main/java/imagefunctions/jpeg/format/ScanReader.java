package imagefunctions.jpeg.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the scan headers of a file one after the other, and keeps the tables in force (ITU-T T.81, annex B). Unlike
 * {@link JpegHeader}, it rejects what would make decoding wrong.
 */
public final class ScanReader {
    private final JpegHeader header;
    private final int[] @Nullable [] quantisation = new int[4][];
    private final @Nullable HuffmanTable[] dc = new HuffmanTable[4];
    private final @Nullable HuffmanTable[] ac = new HuffmanTable[4];
    private final int[] @Nullable [] latched = new int[4][];

    /** The bit position that the scans have reached for each component and coefficient of a progressive file, or -1. */
    private final int[][] precision = new int[4][64];

    private int restartInterval;

    /** Where that ends behind which no stray bytes may come, or -1. */
    private int wholeTo = -1;

    private boolean ended;
    private int segments;

    private ScanReader(JpegHeader header) {
        this.header = header;
        for (int[] each : precision) {
            Arrays.fill(each, -1);
        }
    }

    /** A reader that has read the tables before the first scan; {@link #first} comes next. */
    static ScanReader of(JpegHeader header) {
        ScanReader reader = new ScanReader(header);
        header.segments().forEach(segment -> reader.readTables(segment, Marker.isEssential(segment.marker())));
        reader.checkGap(header.firstScan().start());
        return reader;
    }

    /** An independent reader at the same position. */
    ScanReader copy() {
        ScanReader copy = new ScanReader(header);
        System.arraycopy(quantisation, 0, copy.quantisation, 0, 4);
        System.arraycopy(latched, 0, copy.latched, 0, 4);
        System.arraycopy(dc, 0, copy.dc, 0, 4);
        System.arraycopy(ac, 0, copy.ac, 0, 4);
        for (int c = 0; c < precision.length; c++) {
            System.arraycopy(precision[c], 0, copy.precision[c], 0, 64);
        }
        copy.restartInterval = restartInterval;
        copy.segments = segments;
        return copy;
    }

    /** The quantisation steps, in zig-zag order, in force when the component's first scan began. */
    public int[] quantisation(int component) {
        int[] table = latched[component];
        if (table == null) {
            throw new DamagedJpegException("Component " + component + " has no scan.");
        }
        return table;
    }

    public HuffmanTable dcTable(int number) {
        return required(dc[number], StandardTables.dc(number == 0), "DC", number);
    }

    public HuffmanTable acTable(int number) {
        return required(ac[number], StandardTables.ac(number == 0), "AC", number);
    }

    /** The frames of motion JPEG lack the standard tables, which are meant where a sequential file has none. */
    private HuffmanTable required(@Nullable HuffmanTable table, HuffmanTable standard, String kind, int number) {
        if (table == null && number < 2 && !header.frame().progressive()) {
            return standard;
        }
        if (table == null) {
            throw new DamagedJpegException(
                    "A scan uses the " + kind + " Huffman table " + number + " that is missing.");
        }
        return table;
    }

    /** Whether the EOI marker has been reached. */
    public boolean ended() {
        return ended;
    }

    /** Reads the header of the first scan. */
    Scan first() {
        return scan(header.firstScan());
    }

    /** Reads on from the offset, over stray and fill bytes, to the next scan header; null at the end of the image. */
    @Nullable
    public Scan next(int offset) {
        SegmentReader reader = new SegmentReader(header.file(), offset);
        // Between progressive scans, they may be the data of one whose header is damaged.
        boolean strict = header.frame().progressive();
        wholeTo = strict ? offset : -1;
        for (Optional<Segment> next = reader.next(); next.isPresent(); next = reader.next()) {
            Segment segment = next.get();
            if (segment.marker() == Marker.SOS) {
                checkGap(segment.start());
                return scan(segment);
            }
            if (Marker.isFrame(segment.marker())) {
                throw new DamagedJpegException("The file has two frames.");
            }
            readTables(segment, strict || Marker.isEssential(segment.marker()));
        }
        if (reader.truncated()) {
            throw new DamagedJpegException("The file ends within a marker segment.");
        }
        checkGap(reader.position());
        ended = reader.ended();
        return null;
    }

    /**
     * Rejects stray bytes between a segment that decoding depends on and what comes next: if it is longer than it says,
     * what it says is wrong. After others they are harmless, and fill bytes are everywhere.
     */
    private void checkGap(int next) {
        for (int at = wholeTo < 0 ? next : wholeTo; at < next; at++) {
            int stray = Bytes.u8(header.file(), at);
            if (stray != 0 && stray != 0xFF) {
                throw new DamagedJpegException("Stray bytes follow the tables or data for decoding.");
            }
        }
    }

    private void readTables(Segment segment, boolean essential) {
        checkGap(segment.start());
        wholeTo = essential ? segment.end() : -1;
        JpegLimits.checkSegments(++segments);
        switch (segment.marker()) {
            case Marker.DQT -> readQuantisation(segment);
            case Marker.DHT -> readHuffman(segment);
            case Marker.DRI -> {
                if (segment.length() != 2) {
                    throw new DamagedJpegException("A restart interval is longer or shorter than a number.");
                }
                restartInterval = Bytes.u16(header.file(), segment.offset());
            }
            default -> {}
        }
    }

    private void readQuantisation(Segment segment) {
        int end = segment.offset();
        for (QuantisationTable.Definition each : QuantisationTable.Definition.all(header.file(), segment)) {
            if (each.precision() > 1 || each.number() > 3) {
                throw new DamagedJpegException("A quantisation table is misnumbered.");
            }
            quantisation[each.number()] = each.table().steps();
            end += each.length();
        }
        if (end != segment.end()) {
            throw new DamagedJpegException("A quantisation table is cut short.");
        }
    }

    private void readHuffman(Segment segment) {
        byte[] bytes = header.file();
        int at = segment.offset();
        int end = segment.end();
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
        Frame frame = header.frame();
        byte[] bytes = header.file();
        int at = segment.offset();
        int count = segment.length() == 0 ? 0 : Bytes.u8(bytes, at);
        if (count < 1 || count > frame.components().size() || segment.length() != 4 + 2 * count) {
            throw new DamagedJpegException("A scan header declares " + count + " components.");
        }
        List<Scan.Part> parts = new ArrayList<>(count);
        int blocks = 0;
        for (int i = 0; i < count; i++) {
            int component = component(frame, Bytes.u8(bytes, at + 1 + 2 * i), parts);
            int tables = Bytes.u8(bytes, at + 2 + 2 * i);
            if (tables >> 4 > 3 || (tables & 15) > 3) {
                throw new DamagedJpegException("A scan header names a table or a component that there is not.");
            }
            parts.add(new Scan.Part(component, tables >> 4, tables & 15));
            Component plane = frame.components().get(component);
            blocks += plane.horizontal() * plane.vertical();
            if (latched[component] == null) {
                latched[component] = quantisation[plane.quantisation()];
            }
            if (latched[component] == null) {
                throw new DamagedJpegException("Quantisation table " + plane.quantisation() + " is missing.");
            }
            if (Arrays.stream(latched[component]).anyMatch(step -> step == 0)) {
                throw new DamagedJpegException("A quantisation table has a step of 0.");
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
                segment.end());
        return frame.progressive() ? checked(scan) : sequential(scan);
    }

    /** The first component with the id that the scan does not have yet: several may have the same one. */
    private static int component(Frame frame, int id, List<Scan.Part> before) {
        for (int c = 0; c < frame.components().size(); c++) {
            int candidate = c;
            if (frame.components().get(c).id() == id
                    && before.stream().noneMatch(part -> part.component() == candidate)) {
                return c;
            }
        }
        throw new DamagedJpegException("A scan names the component " + id + " that the frame lacks.");
    }

    /**
     * Sequential scans hold all coefficients, and say so (B.2.3), or zeros as Samsung's cameras write them. Anything else
     * shows that the header is not whole, and with it where the data begin.
     */
    private static Scan sequential(Scan scan) {
        boolean all = scan.spectralEnd() == 63 || scan.spectralEnd() == 0;
        if (!all || scan.spectralStart() != 0 || scan.approximationHigh() != 0 || scan.approximationLow() != 0) {
            throw new DamagedJpegException("A sequential scan has the " + coefficients(scan));
        }
        return new Scan(scan.parts(), 0, 63, 0, 0, scan.restartInterval(), scan.dataOffset());
    }

    /** Rejects a progression that G.1.1.1.1 forbids. */
    private Scan checked(Scan scan) {
        boolean band = scan.spectralStart() == 0
                ? scan.spectralEnd() == 0
                : scan.spectralStart() <= scan.spectralEnd()
                        && scan.spectralEnd() <= 63
                        && scan.parts().size() == 1;
        boolean bits = scan.approximationLow() <= Scan.MAX_APPROXIMATION
                && (scan.approximationHigh() == 0 || scan.approximationHigh() == scan.approximationLow() + 1);
        if (!band || !bits) {
            throw new DamagedJpegException("A progressive scan has the " + coefficients(scan));
        }
        scan.parts().forEach(part -> advance(precision[part.component()], scan));
        return scan;
    }

    private static String coefficients(Scan scan) {
        return "coefficients " + scan.spectralStart() + " to " + scan.spectralEnd() + ", bits "
                + scan.approximationHigh() + " to " + scan.approximationLow() + ".";
    }

    /** Rejects a scan that does not go on where those before it ended: one is missing. */
    private static void advance(int[] reached, Scan scan) {
        if (scan.spectralStart() > 0 && reached[0] < 0) {
            throw outOfOrder();
        }
        for (int k = scan.spectralStart(); k <= scan.spectralEnd(); k++) {
            if (Math.max(reached[k], 0) != scan.approximationHigh()) {
                throw outOfOrder();
            }
            if (k > 0 && scan.approximationHigh() == 0 && reached[k] == 0) {
                throw new DamagedJpegException("A scan brings coefficients that one before it has brought.");
            }
            reached[k] = scan.approximationLow();
        }
    }

    private static DamagedJpegException outOfOrder() {
        return new DamagedJpegException("A scan refines coefficients that no scan has brought.");
    }
}
