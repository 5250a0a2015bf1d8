package imagefunctions.imaging.codec;

import imagefunctions.imaging.error.DamagedImageException;
import imagefunctions.imaging.error.NotAnImageException;
import imagefunctions.jpeg.format.JpegHeader;
import java.util.Arrays;

/**
 * The tiles of a TIFF file, or its strips, which are tiles as wide as the picture, checked before they are decoded.
 *
 * @param across tiles of a row of tiles
 * @param down rows of tiles
 * @param number of all tiles, of all planes
 * @param pixels of all tiles, of all planes, with what extends past the picture's edges
 * @param rowBytes of a row of a tile, before compression
 * @param pictureHeight rows of the picture
 */
record TiffTiles(
        TiffFile tiff,
        int width,
        int height,
        int across,
        int down,
        long number,
        long pixels,
        long rowBytes,
        int pictureHeight,
        Coding coding) {
    /** What a tile costs beyond its pixels, in pixels. */
    private static final int TILE = 1024;

    private static final int JPEG_TILE = 8192;

    /** More offsets than the picture has tiles do no harm up to this number. */
    private static final int MOST_OFFSETS = 1 << 16;

    /** How a tile is compressed, and the most bytes that a byte of it becomes. */
    private enum Coding {
        NONE(1),
        PACK_BITS(64),
        LZW(GifFile.LZW),
        DEFLATE(PngFile.DEFLATE),
        /** A bit may be a whole row. */
        FAX(Integer.MAX_VALUE),
        JPEG(Integer.MAX_VALUE),
        OLD_JPEG(Integer.MAX_VALUE);

        private final long most;

        Coding(long most) {
            this.most = most;
        }

        static Coding of(int number) {
            return switch (number) {
                case 1 -> NONE;
                case 2, 3, 4 -> FAX;
                case 5 -> LZW;
                case 6 -> OLD_JPEG;
                case 7 -> JPEG;
                case 8, 32946, 50013 -> DEFLATE;
                case 32773 -> PACK_BITS;
                default -> throw NotAnImageException.unsupported("This kind of TIFF file", null);
            };
        }
    }

    /**
     * Checks what the tiles cost to decode.
     *
     * @throws imagefunctions.imaging.error.ImageException if that is more than the picture is worth
     */
    static void check(TiffFile tiff, PixelLimit limit) {
        int width = required(tiff, TiffFile.WIDTH);
        int height = required(tiff, TiffFile.HEIGHT);
        int samples = tiff.number(TiffFile.SAMPLES).orElse(1);
        int bits = tiff.number(TiffFile.BITS).orElse(1);
        limit.check(width, height, (long) samples * storedBytes(bits));
        boolean planar = tiff.number(TiffFile.PLANAR).orElse(1) == 2;
        int tileWidth = tiff.number(TiffFile.TILE_WIDTH).orElse(width);
        int tileHeight = tiff.number(TiffFile.TILE_HEIGHT)
                .orElse(Math.min(height, tiff.number(TiffFile.ROWS_PER_STRIP).orElse(height)));
        if (tileWidth < 1 || tileHeight < 1) {
            throw broken();
        }
        limit.check(tileWidth, tileHeight);
        int across = Math.ceilDiv(width, tileWidth);
        int down = Math.ceilDiv(height, tileHeight);
        long number = (long) across * down * (planar ? samples : 1);
        TiffTiles tiles = new TiffTiles(
                tiff,
                tileWidth,
                tileHeight,
                across,
                down,
                number,
                Math.multiplyExact(number, (long) tileWidth * tileHeight),
                Math.ceilDiv((long) tileWidth * bits * (planar ? 1 : samples), 8),
                height,
                Coding.of(tiff.number(TiffFile.COMPRESSION).orElse(1)));
        tiles.checkWork(limit);
        tiles.checkData((long) width * height * samples * bits / 8, limit);
    }

    private static int required(TiffFile tiff, int tag) {
        return tiff.number(tag).stream().filter(value -> value > 0).findFirst().orElseThrow(TiffTiles::broken);
    }

    private static int storedBytes(int bits) {
        return bits <= 8 ? 1 : bits <= 16 ? 2 : bits <= 32 ? 4 : 8;
    }

    private void checkWork(PixelLimit limit) {
        boolean jpeg = coding == Coding.JPEG || coding == Coding.OLD_JPEG;
        limit.checkWork(pixels + number * (jpeg ? JPEG_TILE : TILE), "its strips or tiles");
    }

    /** Checks where the tiles are and how long, against each other and what they become. */
    private void checkData(long decoded, PixelLimit limit) {
        if (coding == Coding.OLD_JPEG) {
            checkOldJpeg(limit);
            return;
        }
        boolean tiled = tiff.has(TiffFile.TILE_OFFSETS);
        int offsets = tiled ? TiffFile.TILE_OFFSETS : TiffFile.STRIP_OFFSETS;
        int lengths = tiled ? TiffFile.TILE_LENGTHS : TiffFile.STRIP_LENGTHS;
        if (tiff.count(offsets) < number || tiff.count(offsets) > Math.max(number, MOST_OFFSETS)) {
            throw broken();
        }
        boolean counted = tiff.count(lengths) >= number && tiff.count(lengths) <= Math.max(number, MOST_OFFSETS);
        if (!counted && (tiff.has(lengths) || (coding != Coding.NONE && number > 1))) {
            throw NotAnImageException.unsupported("A TIFF without the lengths of its strips or tiles", null);
        }
        long all = 0;
        long blocks = 0;
        for (int i = 0; i < number; i++) {
            long offset = tiff.number(offsets, i);
            long rest = tiff.file().length - offset;
            if (rest <= 0) {
                throw tooShort();
            }
            long length = counted ? tiff.number(lengths, i) : rest;
            if (length == 0) {
                // The reader would then take none of the lengths for true.
                throw broken();
            }
            length = coding == Coding.NONE ? rowBytes * rows(i) : length;
            if (length > rest) {
                throw tooShort();
            }
            all += length;
            if (coding == Coding.JPEG) {
                blocks += checkJpeg((int) offset, (int) length, limit);
                limit.checkBlocks(blocks);
            }
        }
        // Tiles may share their data, but not so that decoding takes longer than they are worth.
        if (all > 2L * tiff.file().length + rowBytes * height * number) {
            throw broken();
        }
        long own = coding == Coding.NONE ? Math.min(all, 2L * tiff.file().length) : all;
        if (decoded / coding.most > own) {
            throw tooShort();
        }
    }

    /** The rows of a tile that are within the picture. */
    private int rows(int tile) {
        return Math.min(height, pictureHeight - tile / across % down * height);
    }

    /** The one kind of old-style JPEG that is read: a whole JPEG file within the file. */
    private void checkOldJpeg(PixelLimit limit) {
        int offset = tiff.number(TiffFile.OLD_JPEG).orElse(0);
        int most = tiff.file().length;
        if (number != 1 || offset < 8 || offset > most - 2 || tiff.file()[offset] != -1) {
            throw NotAnImageException.unsupported("A TIFF of old-style JPEG strips", null);
        }
        limit.checkBlocks(checkJpeg(offset, most - offset, limit));
    }

    /** Checks the JPEG within a tile, and returns the blocks that its scans pass over. */
    private long checkJpeg(int offset, int length, PixelLimit limit) {
        JpegHeader header = JpegHeader.read(Arrays.copyOfRange(tiff.file(), offset, offset + length));
        // Encoders may round a tile up to whole blocks.
        if ((long) header.width() * header.height() > (width + 64L) * (height + 64L)) {
            throw new DamagedImageException("TIFF file has a JPEG larger than its strip or tile", null);
        }
        return JpegDecoder.checkScans(header, limit).blocks();
    }

    private static DamagedImageException broken() {
        return new DamagedImageException("TIFF file has a broken directory", null);
    }

    private static DamagedImageException tooShort() {
        return new DamagedImageException("TIFF file is too short for its pixels", null);
    }
}
