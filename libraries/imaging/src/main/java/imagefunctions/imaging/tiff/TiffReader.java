package imagefunctions.imaging.tiff;

import imagefunctions.imaging.error.DamagedImageException;
import imagefunctions.imaging.error.NotAnImageException;
import imagefunctions.imaging.pixels.IccProfile;
import imagefunctions.jpeg.format.Interruption;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/** Reads the pixels of the first picture of a TIFF file, strip by strip or tile by tile. */
public final class TiffReader {
    private static final int JPEG_TABLES = 347;
    /** What four tables of each kind take, three times over; they are read again for each strip or tile. */
    private static final int MOST_TABLES = 8 << 10;

    private static final byte[] SOI = {(byte) 0xFF, (byte) 0xD8};
    private static final byte[] EOI = {(byte) 0xFF, (byte) 0xD9};

    /** What decodes JPEG: the samples of a file of this width and height, side by side, in the colours in which it stores them. */
    public interface JpegSamples {
        byte[] decode(byte[] jpeg, int width, int height, int components);
    }

    private final byte[] file;
    private final TiffLayout layout;
    private final JpegSamples jpeg;
    private final byte[] jpegTables;
    private final TiffSamples samples;
    private final TiffColours colours;

    private TiffReader(
            byte[] file, TiffDirectory directory, TiffLayout layout, Optional<IccProfile> profile, JpegSamples jpeg) {
        this.file = file;
        this.layout = layout;
        this.jpeg = jpeg;
        jpegTables = directory.bytes(JPEG_TABLES).map(TiffReader::withoutEnd).orElse(new byte[0]);
        samples = new TiffSamples(layout);
        colours = new TiffColours(layout, directory, profile);
    }

    /**
     * Reads the pixels.
     *
     * @param profile of CMYK pixels, which are converted through it
     * @throws imagefunctions.imaging.error.DamagedImageException if pixels are missing or broken
     */
    public static BufferedImage read(
            byte[] file, TiffDirectory directory, TiffLayout layout, Optional<IccProfile> profile, JpegSamples jpeg) {
        return new TiffReader(file, directory, layout, profile, jpeg).read();
    }

    private BufferedImage read() {
        int positions = layout.across() * layout.down();
        for (int position = 0; position < positions; position++) {
            Interruption.check();
            int left = position % layout.across() * layout.segmentWidth;
            int top = position / layout.across() * layout.segmentHeight;
            int rows = layout.tiled ? layout.segmentHeight : Math.min(layout.segmentHeight, layout.height - top);
            int columns = Math.min(layout.segmentWidth, layout.width - left);
            int shown = Math.min(rows, layout.height - top);
            if (layout.planar) {
                writePlanes(position, positions, rows, left, top, columns, shown);
            } else {
                writeRows(segment(position, rows), left, top, columns, shown);
            }
        }
        return colours.pixels();
    }

    private void writeRows(byte[] segment, int left, int top, int columns, int shown) {
        byte[] row = new byte[columns * layout.samples];
        for (int y = 0; y < shown; y++) {
            Interruption.check();
            samples.read(segment, y * layout.rowBytes(), row, row.length, 0);
            colours.write(row, left, top + y, columns);
        }
    }

    private void writePlanes(int position, int positions, int rows, int left, int top, int columns, int shown) {
        byte[][] planes = new byte[layout.samples][];
        for (int plane = 0; plane < planes.length; plane++) {
            planes[plane] = segment(plane * positions + position, rows);
        }
        byte[] one = new byte[columns];
        byte[] row = new byte[columns * planes.length];
        for (int y = 0; y < shown; y++) {
            Interruption.check();
            for (int plane = 0; plane < planes.length; plane++) {
                samples.read(planes[plane], y * layout.rowBytes(), one, columns, plane);
                for (int x = 0; x < columns; x++) {
                    row[x * planes.length + plane] = one[x];
                }
            }
            colours.write(row, left, top + y, columns);
        }
    }

    /** The bytes of a strip or tile, decompressed, with whole rows. */
    private byte[] segment(int number, int rows) {
        int start = (int) layout.offsets[number];
        byte[] data = Arrays.copyOfRange(file, start, start + (int) layout.lengths[number]);
        if (layout.compression == TiffCompression.JPEG) {
            return jpeg.decode(withTables(data), layout.segmentWidth, rows, layout.samplesTogether());
        }
        if (layout.reversedBits) {
            for (int i = 0; i < data.length; i++) {
                data[i] = (byte) (Integer.reverse(data[i]) >>> 24);
            }
        }
        if (layout.compression.bilevel()) {
            return CcittDecoder.decode(data, layout.segmentWidth, rows, layout.compression, layout.twoDimensional);
        }
        if (layout.horizontalSampling * layout.verticalSampling > 1) {
            return upsampled(data, rows);
        }
        byte[] segment = layout.compression.decompress(data, Math.multiplyExact(layout.rowBytes(), rows));
        switch (layout.predictor) {
            case 2 -> addDifferences(segment, rows);
            case 3 -> addFloatDifferences(segment, rows);
            default -> {}
        }
        return segment;
    }

    /** Tables, that end as a JPEG file does, perhaps padded; otherwise they are not whole. */
    private static byte[] withoutEnd(byte[] tables) {
        if (tables.length > MOST_TABLES) {
            throw NotAnImageException.unsupported("A TIFF with more than 8 KiB of JPEG tables", null);
        }
        int end = tables.length - EOI.length;
        if (end > 0 && tables[end + 1] == 0) {
            end--;
        }
        if (end < SOI.length || !Arrays.equals(tables, end, end + EOI.length, EOI, 0, EOI.length)) {
            throw new DamagedImageException("TIFF file's JPEG tables are cut short or broken", null);
        }
        return Arrays.copyOf(tables, end);
    }

    /** TIFF 6.0, section 22 and Adobe's technical note 2: the tables of all segments lie in a JPEG file of their own. */
    private byte[] withTables(byte[] data) {
        if (jpegTables.length == 0 || !Arrays.equals(data, 0, Math.min(2, data.length), SOI, 0, 2)) {
            return data;
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream(jpegTables.length + data.length);
        whole.writeBytes(jpegTables);
        whole.write(data, 2, data.length - 2);
        return whole.toByteArray();
    }

    /** TIFF 6.0, section 21: for each block of lumas there is one pair of chromas, behind them. */
    private byte[] upsampled(byte[] data, int rows) {
        int across = layout.horizontalSampling;
        int down = layout.verticalSampling;
        int blocks = Math.ceilDiv(layout.segmentWidth, across);
        int blockRows = Math.ceilDiv(rows, down);
        int size = across * down + 2;
        byte[] packed =
                layout.compression.decompress(data, Math.multiplyExact(Math.multiplyExact(blocks, blockRows), size));
        byte[] segment = new byte[Math.multiplyExact(layout.rowBytes(), rows)];
        for (int y = 0; y < rows; y++) {
            for (int x = 0; x < layout.segmentWidth; x++) {
                int block = (y / down * blocks + x / across) * size;
                int at = y * layout.rowBytes() + 3 * x;
                segment[at] = packed[block + y % down * across + x % across];
                segment[at + 1] = packed[block + size - 2];
                segment[at + 2] = packed[block + size - 1];
            }
        }
        return segment;
    }

    /** TIFF 6.0, section 14. */
    private void addDifferences(byte[] segment, int rows) {
        int bytes = layout.bits / 8;
        int distance = layout.samplesTogether() * bytes;
        boolean little = layout.order == ByteOrder.LITTLE_ENDIAN;
        for (int y = 0; y < rows; y++) {
            int start = y * layout.rowBytes();
            for (int at = start + distance; at < start + layout.rowBytes(); at += bytes) {
                int carry = 0;
                for (int i = 0; i < bytes; i++) {
                    int place = at + (little ? i : bytes - 1 - i);
                    carry += (segment[place] & 0xFF) + (segment[place - distance] & 0xFF);
                    segment[place] = (byte) carry;
                    carry >>= 8;
                }
            }
        }
    }

    /** Adobe's technical note 3: differences of bytes, the highest bytes of all samples of a row first. */
    private void addFloatDifferences(byte[] segment, int rows) {
        int bytes = layout.bits / 8;
        int count = layout.rowBytes() / bytes;
        byte[] row = new byte[layout.rowBytes()];
        for (int y = 0; y < rows; y++) {
            int start = y * row.length;
            for (int i = layout.samplesTogether(); i < row.length; i++) {
                segment[start + i] += segment[start + i - layout.samplesTogether()];
            }
            for (int i = 0; i < row.length; i++) {
                row[i] = segment[start + i % bytes * count + i / bytes];
            }
            System.arraycopy(row, 0, segment, start, row.length);
        }
    }
}
