package imagefunctions.jpeg.format;

/** A JPEG file whose header has been read and found sound, up to its first scan; pixels are not touched. */
public final class JpegFile {
    private final JpegHeader header;
    private final ScanReader scans;
    private final Scan firstScan;

    private JpegFile(JpegHeader header, ScanReader scans, Scan firstScan) {
        this.header = header;
        this.scans = scans;
        this.firstScan = firstScan;
    }

    /** Reads a header under {@link JpegLimits#DEFAULT}; see {@link #parse(byte[], JpegLimits)}. */
    public static JpegFile parse(byte[] bytes) {
        return parse(bytes, JpegLimits.DEFAULT);
    }

    /**
     * Reads a header; the bytes are kept, not copied, and must not change while the file is in use.
     *
     * @throws DamagedJpegException if the bytes are no JPEG, or its header is not sound
     * @throws UnsupportedJpegException if the picture is beyond a limit
     */
    public static JpegFile parse(byte[] bytes, JpegLimits limits) {
        return of(JpegHeader.read(bytes), limits);
    }

    /**
     * The file that a header has been read of.
     *
     * @throws DamagedJpegException if the header is not sound
     * @throws UnsupportedJpegException if the picture is beyond a limit
     */
    public static JpegFile of(JpegHeader header, JpegLimits limits) {
        limits.check(header.file(), header.frame());
        header.frame().check();
        ScanReader scans = ScanReader.of(header, limits);
        return new JpegFile(header, scans, scans.first());
    }

    public JpegHeader header() {
        return header;
    }

    public int width() {
        return frame().width();
    }

    public int height() {
        return frame().height();
    }

    public boolean progressive() {
        return frame().progressive();
    }

    /** Number of colour components: 1 for grey, 3 for colour, 4 for CMYK. */
    public int components() {
        return frame().components().size();
    }

    /** Whether {@code JpegEngine} takes this file; if not, why. */
    public Support support() {
        return Support.of(header);
    }

    public byte[] bytes() {
        return header.file();
    }

    public Frame frame() {
        return header.frame();
    }

    public Scan firstScan() {
        return firstScan;
    }

    /** A reader that stands behind the first scan's header, for one pass over the file. */
    public ScanReader scans() {
        return scans.copy();
    }
}
