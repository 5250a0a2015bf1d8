package imagefunctions.jpeg.format;

import imagefunctions.jpeg.JpegEngine;
import java.util.List;

/** A JPEG file whose header has been read and found sound, up to its first scan; pixels are not touched. */
public final class JpegFile {
    private final byte[] bytes;
    private final HeaderReader header;
    private final Frame frame;
    private final Scan firstScan;

    private JpegFile(byte[] bytes, HeaderReader header, Frame frame, Scan firstScan) {
        this.bytes = bytes;
        this.header = header;
        this.frame = frame;
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
        if (bytes.length < 4 || Bytes.u8(bytes, 0) != 0xFF || Bytes.u8(bytes, 1) != Marker.SOI) {
            throw new DamagedJpegException("The bytes do not begin like a JPEG.");
        }
        if (bytes.length > JpegLimits.MAX_BYTES) {
            throw new UnsupportedJpegException("The file has " + bytes.length + " bytes.");
        }
        HeaderReader header = new HeaderReader(bytes, limits);
        Scan scan = header.next(2);
        Frame frame = header.frame();
        if (scan == null || frame == null) {
            throw new DamagedJpegException("The file holds no picture.");
        }
        return new JpegFile(bytes, header, frame, scan);
    }

    public int width() {
        return frame.width();
    }

    public int height() {
        return frame.height();
    }

    public boolean progressive() {
        return frame.progressive();
    }

    /** Number of colour components: 1 for grey, 3 for colour, 4 for CMYK. */
    public int components() {
        return frame.components().size();
    }

    /** The application and comment segments before the first scan, in the file's order. */
    public List<Segment> segments() {
        return header.segments();
    }

    /** Whether {@link JpegEngine} takes this file; if not, why. */
    public Support support() {
        return Support.of(header, frame);
    }

    public byte[] bytes() {
        return bytes;
    }

    public Frame frame() {
        return frame;
    }

    public Scan firstScan() {
        return firstScan;
    }

    /** A reader that stands behind the first scan's header, for one pass over the file. */
    public HeaderReader header() {
        return new HeaderReader(header);
    }
}
