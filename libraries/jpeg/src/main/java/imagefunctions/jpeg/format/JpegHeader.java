package imagefunctions.jpeg.format;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The header of a JPEG file, up to its first scan header (ITU-T T.81, annex B), read as tolerantly as libjpeg does.
 *
 * <p>It refers to the file's bytes, which are not copied and must not change.
 */
public final class JpegHeader {
    private static final int ADOBE_TRANSFORM_AT = 11;
    private static final String PHOTOSHOP = "Photoshop 3.0\0";
    private static final String XMP = "http://ns.adobe.com/xap/1.0/\0";

    private final byte[] file;
    private final Frame frame;
    private final List<Segment> segments;
    private final Segment firstScan;
    private final Map<Integer, QuantisationTable> tables = new HashMap<>();
    private final boolean wideTables;
    private final boolean jfif;
    private final int adobeTransform;

    private JpegHeader(byte[] file, Frame frame, List<Segment> segments, Segment firstScan) {
        this.file = file;
        this.frame = frame;
        this.segments = List.copyOf(segments);
        this.firstScan = firstScan;
        boolean wide = false;
        boolean jfifSeen = false;
        int transform = -1;
        for (Segment segment : segments) {
            switch (segment.marker()) {
                case Marker.DQT -> {
                    for (QuantisationTable.Definition each : QuantisationTable.Definition.all(file, segment)) {
                        wide |= each.wide();
                        tables.put(each.number(), each.table());
                    }
                }
                case Marker.APP0 -> jfifSeen |= segment.holds("JFIF", file) && file[segment.offset() + 4] == 0;
                case Marker.APP14 -> {
                    if (segment.length() > ADOBE_TRANSFORM_AT && segment.holds("Adobe", file)) {
                        transform = Bytes.u8(file, segment.offset() + ADOBE_TRANSFORM_AT);
                    }
                }
                default -> {}
            }
        }
        this.wideTables = wide;
        this.jfif = jfifSeen;
        this.adobeTransform = transform;
    }

    /**
     * Reads a header.
     *
     * @throws DamagedJpegException if the file has no scan, or no valid frame header
     * @throws UnsupportedJpegException if there are more than {@link JpegLimits#MAX_SEGMENTS} segments
     */
    public static JpegHeader read(byte[] file) {
        if (file.length < 2 || Bytes.u16(file, 0) != (0xFF00 | Marker.SOI)) {
            throw new DamagedJpegException("The file does not begin as a JPEG file does.");
        }
        SegmentReader reader = new SegmentReader(file, 2);
        List<Segment> segments = new ArrayList<>();
        Frame frame = null;
        for (Optional<Segment> next = reader.next(); next.isPresent(); next = reader.next()) {
            Segment segment = next.get();
            if (segment.marker() == Marker.SOS) {
                if (frame == null) {
                    throw new DamagedJpegException("The JPEG file has no frame header.");
                }
                return new JpegHeader(file, frame, segments, segment);
            }
            JpegLimits.checkSegments(segments.size() + 1);
            segments.add(segment);
            if (Marker.isFrame(segment.marker())) {
                if (frame != null) {
                    throw new DamagedJpegException("The JPEG file's frame header is broken.");
                }
                frame = Frame.read(file, segment);
            }
        }
        throw new DamagedJpegException("The JPEG file ends before its pixels begin.");
    }

    /** The whole file, not only its header. */
    public byte[] file() {
        return file;
    }

    public Frame frame() {
        return frame;
    }

    public int width() {
        return frame.width();
    }

    public int height() {
        return frame.height();
    }

    /** All segments before the first scan, in the file's order. */
    public List<Segment> segments() {
        return segments;
    }

    /** The APPn and COM segments among them, such as JFIF, EXIF, ICC profile and XMP. */
    public List<Segment> metadata() {
        return segments.stream()
                .filter(segment -> Marker.isMetadata(segment.marker()))
                .toList();
    }

    /** The first SOS segment. */
    public Segment firstScan() {
        return firstScan;
    }

    /** The component's quantisation table, if the header defines it. */
    public Optional<QuantisationTable> table(Component component) {
        return Optional.ofNullable(tables.get(component.quantisation()));
    }

    /** Whether any quantisation table has 16-bit elements (T.81, B.2.4.1: Pq is 1). */
    public boolean wideTables() {
        return wideTables || (!firstScanHoldsAll() && scans().wideSteps());
    }

    /** Whether it is the first frame of a hierarchical progression. */
    boolean hierarchical() {
        return segments.stream().anyMatch(segment -> segment.marker() == Marker.DHP);
    }

    /** The colour space of the components. */
    public ColourModel colourModel() {
        return ColourModel.of(frame, jfif, adobeTransform);
    }

    /** Whether the image is spread over several scans. */
    boolean severalScans() {
        return frame.progressive() || !firstScanHoldsAll();
    }

    private boolean firstScanHoldsAll() {
        int held = firstScan.length() == 0 ? 0 : Bytes.u8(file, firstScan.offset());
        return held >= frame.components().size();
    }

    /** Looks for all scans, through the whole file. */
    public Scans scans() {
        return Scans.of(file, frame, firstScan);
    }

    /** Whether {@code JpegEngine} can decode this file to pixels, and if not, why. */
    public Support decodable() {
        return Support.decodable(this);
    }

    /** The transform that the first valid EXIF orientation calls for, or XMP's where EXIF has none. */
    public Transform upright() {
        return exif().flatMap(ifd -> ifd.upright().stream())
                .findFirst()
                .or(this::uprightByXmp)
                .orElse(Transform.NONE);
    }

    /** The first directory of each EXIF block. */
    public Stream<Ifd> exif() {
        return segments.stream()
                .filter(segment -> segment.marker() == Marker.APP1 && segment.holds("Exif\0", file))
                .map(segment -> Ifd.of(file, segment.offset() + 6, Math.max(0, segment.length() - 6)));
    }

    /** Photoshop's image resources, joined from their segments; of no bytes if there are none. */
    public byte[] photoshop() {
        ByteArrayOutputStream resources = new ByteArrayOutputStream();
        for (Segment segment : segments) {
            if (segment.marker() == Marker.APP13 && segment.holds(PHOTOSHOP, file)) {
                resources.write(file, segment.offset() + PHOTOSHOP.length(), segment.length() - PHOTOSHOP.length());
            }
        }
        return resources.toByteArray();
    }

    private Optional<Transform> uprightByXmp() {
        return segments.stream()
                .filter(segment -> segment.marker() == Marker.APP1 && segment.holds(XMP, file))
                .flatMap(segment -> Xmp.upright(Arrays.copyOfRange(file, segment.offset(), segment.end())).stream())
                .findFirst();
    }

    /** The files of the first few pictures behind this one, of whatever kind, by the file's index of them. */
    public Stream<byte[]> others() {
        return MultiPicture.others(file, segments);
    }

    /** What follows this identifier in the first segment of this marker that begins with it. */
    public Optional<byte[]> payload(int marker, String identifier) {
        return segments.stream()
                .filter(segment -> segment.marker() == marker && segment.holds(identifier, file))
                .map(segment -> Arrays.copyOfRange(file, segment.offset() + identifier.length(), segment.end()))
                .findFirst();
    }

    /** How many pictures of their own the file holds, at least 1; the others lie behind the first. */
    public int pictures() {
        return MultiPicture.pictures(file, segments);
    }

    /** The ICC profile, joined from its segments and not parsed. */
    public Optional<byte[]> iccProfile() {
        return IccSegments.profile(file, segments);
    }
}
