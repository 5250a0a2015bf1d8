package imagefunctions.imaging.codec;

import imagefunctions.imaging.error.DamagedImageException;
import imagefunctions.imaging.pixels.Coding;
import imagefunctions.imaging.pixels.Picture;
import imagefunctions.jpeg.format.Interruption;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decodes PNG files row by row (PNG, third edition). Only the chunks that make pixels are read: IHDR, PLTE, tRNS and
 * IDAT. Bytes behind the last pixel and a missing end are harmless.
 */
final class PngDecoder implements AutoCloseable {

    /** Deflate's best ratio: 258 bytes for two bits. */
    private static final int MOST_EXPANSION = 1032;

    /** Adam7 (PNG, 8.2): first column, first row, step across, step down of each pass. */
    private static final List<Pass> ADAM7 = List.of(
            new Pass(0, 0, 8, 8),
            new Pass(4, 0, 8, 8),
            new Pass(0, 4, 4, 8),
            new Pass(2, 0, 4, 4),
            new Pass(0, 2, 2, 4),
            new Pass(1, 0, 2, 2),
            new Pass(0, 1, 1, 2));

    private static final List<Pass> WHOLE = List.of(new Pass(0, 0, 1, 1));

    /** The pixels that come together: those of every {@code across}th column and {@code down}th row, from a first one on. */
    private record Pass(int left, int top, int across, int down) {

        int width(int width) {
            return Math.ceilDiv(width - left, across);
        }

        int height(int height) {
            return Math.ceilDiv(height - top, down);
        }
    }

    private final PngFile file;
    private final PngHeader header;
    private final Inflater inflater = new Inflater();
    private final List<PngFile.Chunk> data;
    private int nextData;

    private PngDecoder(PngFile file) {
        this.file = file;
        header = file.header();
        data = file.forPixels("IDAT");
    }

    static Picture decode(PngFile file, PixelLimit limit) {
        try (PngDecoder decoder = new PngDecoder(file)) {
            limit.check(decoder.header.width(), decoder.header.height());
            decoder.checkData();
            Metadata metadata = Metadata.of(file);
            return new Picture(decoder.decode(), Coding.DEFAULT, metadata.upright(), metadata.profile());
        }
    }

    @Override
    public void close() {
        inflater.close();
    }

    /** Before memory is allocated for the pixels: the data have to be long enough, and to begin with a row. */
    private void checkData() {
        long there =
                data.stream().mapToLong(chunk -> chunk.end() - chunk.start()).sum();
        long needed = passes().stream().mapToLong(this::bytes).sum();
        if (there * MOST_EXPANSION < needed) {
            throw cutShort();
        }
        inflate(new byte[1 + header.rowBytes(passes().getFirst().width(header.width()))]);
        inflater.reset();
        nextData = 0;
    }

    private List<Pass> passes() {
        return header.interlaced() ? ADAM7 : WHOLE;
    }

    private long bytes(Pass pass) {
        int width = pass.width(header.width());
        return width < 1 ? 0 : (1L + header.rowBytes(width)) * pass.height(header.height());
    }

    private BufferedImage decode() {
        PngColours colours = PngColours.of(header, file);
        BufferedImage pixels = Picture.pixels(header.width(), header.height(), colours.bands());
        byte[] samples = Picture.samples(pixels);
        for (Pass pass : passes()) {
            int width = pass.width(header.width());
            if (width > 0) {
                decode(pass, width, colours, samples);
            }
        }
        return pixels;
    }

    private void decode(Pass pass, int width, PngColours colours, byte[] samples) {
        byte[] above = new byte[header.rowBytes(width)];
        byte[] row = new byte[above.length];
        byte[] filter = new byte[1];
        int bands = colours.bands();
        for (int y = pass.top(); y < header.height(); y += pass.down()) {
            Interruption.check();
            inflate(filter);
            inflate(row);
            unfilter(filter[0], row, above);
            int first = (y * header.width() + pass.left()) * bands;
            colours.write(row, width, samples, first, pass.across() * bands);
            byte[] last = row;
            row = above;
            above = last;
        }
    }

    private void inflate(byte[] bytes) {
        int filled = 0;
        while (filled < bytes.length) {
            if ((inflater.needsInput() && !feed()) || inflater.finished() || inflater.needsDictionary()) {
                throw cutShort();
            }
            try {
                filled += inflater.inflate(bytes, filled, bytes.length - filled);
            } catch (DataFormatException e) {
                throw new DamagedImageException("PNG file's pixels are broken", e);
            }
        }
    }

    private boolean feed() {
        if (nextData == data.size()) {
            return false;
        }
        PngFile.Chunk chunk = data.get(nextData++);
        inflater.setInput(file.bytes(), chunk.start(), chunk.end() - chunk.start());
        return true;
    }

    /** PNG, clause 9. */
    private void unfilter(int filter, byte[] row, byte[] above) {
        int distance = Math.max(1, header.bitsPerPixel() / 8);
        switch (filter) {
            case 0 -> {}
            case 1 -> {
                for (int i = distance; i < row.length; i++) {
                    row[i] += row[i - distance];
                }
            }
            case 2 -> {
                for (int i = 0; i < row.length; i++) {
                    row[i] += above[i];
                }
            }
            case 3 -> {
                for (int i = 0; i < row.length; i++) {
                    int left = i < distance ? 0 : row[i - distance] & 0xFF;
                    row[i] += (byte) ((left + (above[i] & 0xFF)) >> 1);
                }
            }
            case 4 -> {
                for (int i = 0; i < Math.min(distance, row.length); i++) {
                    row[i] += above[i];
                }
                for (int i = distance; i < row.length; i++) {
                    row[i] += (byte) paeth(row[i - distance] & 0xFF, above[i] & 0xFF, above[i - distance] & 0xFF);
                }
            }
            default -> throw new DamagedImageException("PNG file has a row filter that does not exist", null);
        }
    }

    private static int paeth(int left, int up, int corner) {
        int toLeft = Math.abs(up - corner);
        int toUp = Math.abs(left - corner);
        int toCorner = Math.abs(left + up - 2 * corner);
        if (toLeft <= toUp && toLeft <= toCorner) {
            return left;
        }
        return toUp <= toCorner ? up : corner;
    }

    private static DamagedImageException cutShort() {
        return new DamagedImageException("PNG file is cut short, pixels are missing", null);
    }
}
