package imagefunctions.jpeg.format;

/** A JPEG file whose header is valid up to and including the first scan header; no scan has been decoded. */
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
     * @throws DamagedJpegException if the bytes are not a JPEG, or the header is corrupt
     * @throws UnsupportedJpegException if the file exceeds a limit
     */
    public static JpegFile parse(byte[] bytes, JpegLimits limits) {
        return of(JpegHeader.read(bytes), limits);
    }

    /**
     * Validates a header that has been read before.
     *
     * @throws DamagedJpegException if the header is corrupt
     * @throws UnsupportedJpegException if the file exceeds a limit
     */
    public static JpegFile of(JpegHeader header, JpegLimits limits) {
        limits.check(header.file(), header.frame());
        header.frame().check();
        if (header.severalScans()) {
            limits.check(header.scans());
        }
        ScanReader scans = ScanReader.of(header);
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

    /** Whether {@code JpegEngine} can edit this file in the DCT domain, and if not, why. */
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

    /** A reader positioned after the first scan header, for one pass over the file. */
    public ScanReader scans() {
        return scans.copy();
    }
}
