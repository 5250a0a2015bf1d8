package imagefunctions.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import imagefunctions.imagetype.ImageType;
import imagefunctions.imaging.error.DamagedImageException;
import imagefunctions.imaging.error.ImageException;
import imagefunctions.imaging.error.NotAnImageException;
import imagefunctions.imaging.error.TooManyPixelsException;
import imagefunctions.imaging.pixels.Coding;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Small files that would take minutes, or gigabytes, if their readers believed what they say. */
class HostileFilesTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long SECOND = 1_000_000_000;
    private static final long MOST_MEMORY = 64 << 20;

    /** Times a file's length, for copies of it and what is kept of each of its segments. */
    private static final int COPIES = 30;

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("TIFF: tiles wider than the picture", wideTiles(), NotAnImageException.class),
                Arguments.of(
                        "TIFF: a JPEG of many scans", jpegStrip(scans(2048, 2048, 101)), NotAnImageException.class),
                Arguments.of(
                        "TIFF: a JPEG of many scans of many pixels",
                        jpegStrip(9000, scans(9000, 9000, 2)),
                        NotAnImageException.class),
                Arguments.of(
                        "TIFF: a JPEG larger than its strip", jpegStrip(scans(9000, 9000, 1)), ImageException.class),
                Arguments.of(
                        "TIFF: strips of the same bytes", sameStrips(1, new byte[9000]), DamagedImageException.class),
                Arguments.of("TIFF: a short strip of Deflate", sameStrips(8, deflated(0)), DamagedImageException.class),
                Arguments.of(
                        "TIFF: strips without lengths",
                        new TiffBuilder(9000, 9000)
                                .tag(278, 1)
                                .tag(TiffBuilder.COMPRESSION, 5)
                                .tag(TiffBuilder.STRIPS, new int[9000])
                                .build(),
                        DamagedImageException.class),
                Arguments.of(
                        "TIFF: samples of 64 bits",
                        new TiffBuilder(9000, 9000).tag(TiffBuilder.BITS, 64).build(),
                        NotAnImageException.class),
                Arguments.of(
                        "TIFF: a million samples a pixel",
                        new TiffBuilder(9000, 9000)
                                .tag(TiffBuilder.SAMPLES, 1_000_000)
                                .build(),
                        NotAnImageException.class),
                Arguments.of(
                        "TIFF: a JPEG that should be of 32 bits a sample",
                        new TiffBuilder(64, 64)
                                .tag(TiffBuilder.BITS, 32)
                                .tag(TiffBuilder.COMPRESSION, 7)
                                .parts(TiffBuilder.STRIPS, TiffBuilder.STRIP_LENGTHS, greyJpeg())
                                .build(),
                        DamagedImageException.class),
                Arguments.of("TIFF: a million tiles", smallTiles(1000, 1, new byte[1]), NotAnImageException.class),
                Arguments.of("TIFF: JPEG tables of a megabyte", largeTables(), NotAnImageException.class),
                Arguments.of("BMP: pixels at 2 GB", bmp(5, 5, 24, 0, Integer.MAX_VALUE), DamagedImageException.class),
                Arguments.of("BMP: no pixels", bmp(9000, 9000, 24, 0, 54), DamagedImageException.class),
                Arguments.of("BMP: no runs", bmp(9000, -9000, 8, 1, 54), DamagedImageException.class),
                Arguments.of("BMP: a negative width", paletteBehindPixels(), DamagedImageException.class),
                Arguments.of("BMP: a JPEG within", bmp(9000, 9000, 0, 4, 54), NotAnImageException.class),
                Arguments.of("BMP: of OS/2, no pixels", os2(), DamagedImageException.class),
                Arguments.of("PNG: no pixels", png(9000, 9000, 8, 2, new byte[9]), DamagedImageException.class),
                Arguments.of(
                        "PNG: samples of 16 bits",
                        png(9000, 9000, 16, 6, new byte[1 << 20]),
                        DamagedImageException.class),
                Arguments.of("PNG: a million chunks", manyChunks(1_000_000), NotAnImageException.class),
                Arguments.of("GIF: a frame without pixels", gif(9000, 9000, 9000, 9000), DamagedImageException.class),
                Arguments.of("GIF: a screen without pixels", gif(9000, 9000, 16, 16), DamagedImageException.class),
                Arguments.of("JPEG: many scans of many pixels", scans(9000, 9000, 99), TooManyPixelsException.class));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void aFileThatClaimsMoreThanItHoldsIsRefusedAtOnce(String name, byte[] file, Class<?> error) {
        for (Recipe recipe : Recipe.all()) {
            assertThat(catchThrowable(() -> cheaply(recipe, file))).isInstanceOf(error);
        }
    }

    static Stream<Arguments> harmless() throws Exception {
        return Stream.of(
                Arguments.of("PNG: texts that inflate to 256 kB each", textBombs()),
                Arguments.of("PNG: a raw profile of spaces", rawProfile("x" + " ".repeat(1 << 16) + "x")),
                Arguments.of("PNG: a raw profile of empty lines", rawProfile("\n".repeat(1 << 20))),
                Arguments.of("PNG: as many chunks as are read", manyChunks(90_000)),
                Arguments.of(
                        "TIFF: tiles of a pixel in LZW", smallTiles(500, 5, new byte[] {(byte) 0x80, 0, 0x20, 0x20})),
                Arguments.of("TIFF: tiles of a pixel in Deflate", smallTiles(500, 8, deflated(1))),
                Arguments.of("TIFF: a name of megabytes in XMP", xmp("xmlns:" + "a".repeat(8 << 20))),
                Arguments.of("TIFF: XMP of spaces", xmp("a:Orientation" + " ".repeat(8 << 20))),
                Arguments.of("TIFF: XMP in a million layers", xmp("<a>".repeat(1 << 20))),
                Arguments.of("TIFF: a gigabyte behind a strip of Deflate", longStrip()),
                Arguments.of("TIFF: directories that overlap", overlappingDirectories()),
                Arguments.of("TIFF: tags of the same megabyte", tagsOfTheSameValues()),
                Arguments.of("JPEG: a thousand tables", manyTables()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("harmless")
    void whatAPictureDoesNotNeedCostsNothing(String name, byte[] file) {
        for (Recipe recipe : Recipe.all()) {
            assertThat(Photos.read(cheaply(recipe, file))).isNotNull();
        }
    }

    /** Runs the recipe, which has to take less than a second and little memory. */
    private static byte[] cheaply(Recipe recipe, byte[] file) {
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        long cpu = THREADS.getCurrentThreadCpuTime();
        try {
            return Photos.run(recipe, file);
        } finally {
            assertThat(THREADS.getCurrentThreadCpuTime() - cpu).isLessThan(SECOND);
            assertThat(THREADS.getCurrentThreadAllocatedBytes() - allocated)
                    .isLessThan(MOST_MEMORY + (long) COPIES * file.length);
        }
    }

    private static byte[] wideTiles() {
        byte[][] tiles = new byte[500][24];
        return new TiffBuilder(16, 8000)
                .tag(TiffBuilder.COMPRESSION, 8)
                .tag(TiffBuilder.TILE_WIDTH, 65_000)
                .tag(TiffBuilder.TILE_HEIGHT, 16)
                .parts(TiffBuilder.TILES, TiffBuilder.TILE_LENGTHS, tiles)
                .build();
    }

    private static byte[] largeTables() {
        byte[][] strips = new byte[100][];
        Arrays.fill(strips, greyJpeg());
        return new TiffBuilder(64, 6400)
                .tag(278, 64)
                .tag(TiffBuilder.COMPRESSION, 7)
                .tag(347, new int[1 << 20])
                .parts(TiffBuilder.STRIPS, TiffBuilder.STRIP_LENGTHS, strips)
                .build();
    }

    private static byte[] greyJpeg() {
        return Photos.jpeg(new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY), Coding.DEFAULT.grey());
    }

    private static byte[] jpegStrip(byte[] jpeg) {
        return jpegStrip(2048, jpeg);
    }

    private static byte[] jpegStrip(int side, byte[] jpeg) {
        return new TiffBuilder(side, side)
                .tag(TiffBuilder.COMPRESSION, 7)
                .parts(TiffBuilder.STRIPS, TiffBuilder.STRIP_LENGTHS, jpeg)
                .build();
    }

    /** 9000 x 9000 pixels of which every row is the same bytes of the file. */
    private static byte[] sameStrips(int compression, byte[] strip) {
        TiffBuilder tiff = new TiffBuilder(9000, 9000).tag(278, 1).tag(TiffBuilder.COMPRESSION, compression);
        int[] offsets = new int[9000];
        int[] lengths = new int[9000];
        Arrays.fill(offsets, tiff.data(strip));
        Arrays.fill(lengths, compression == 1 ? strip.length : 1);
        return tiff.tag(TiffBuilder.STRIPS, offsets)
                .tag(TiffBuilder.STRIP_LENGTHS, lengths)
                .build();
    }

    private static byte[] overlappingDirectories() {
        TiffBuilder tiff = new TiffBuilder(16, 16);
        byte[] file = tiff.parts(TiffBuilder.STRIPS, TiffBuilder.STRIP_LENGTHS, new byte[256])
                .build();
        // After the one directory come 10,000 of as many entries each, every one a little behind the one before.
        int entries = 10_000;
        int step = 16;
        int all = 10_000;
        int first = file.length;
        ByteBuffer chained =
                ByteBuffer.allocate(first + 2 + 12 * entries + 4 + step * all).put(file);
        chained.putInt(first - 4, first);
        for (int i = 0; i < all; i++) {
            chained.putShort(first + i * step, (short) entries);
            int next = first + i * step + 2 + 12 * entries;
            if (next + 4 <= chained.capacity()) {
                chained.putInt(next, first + (i + 1) * step);
            }
        }
        return chained.array();
    }

    private static byte[] tagsOfTheSameValues() {
        TiffBuilder tiff = new TiffBuilder(16, 16);
        tiff.parts(TiffBuilder.STRIPS, TiffBuilder.STRIP_LENGTHS, new byte[256]);
        int[] empty = new int[1 << 18];
        byte[] file = tiff.tag(60_000, empty).build();
        int entry = ByteBuffer.wrap(file).getInt(4) + 2 + 12 * 8;
        byte[] last = Arrays.copyOfRange(file, entry, entry + 12);
        int copies = 5000;
        ByteBuffer many = ByteBuffer.allocate(file.length + 12 * copies).put(file);
        many.putShort(ByteBuffer.wrap(file).getInt(4), (short) (9 + copies));
        for (int i = 1; i <= copies; i++) {
            many.put(entry + 12 * i, last);
        }
        return many.array();
    }

    private static byte[] bmp(int width, int height, int bits, int compression, int offset) {
        return ByteBuffer.allocate(102)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 'B')
                .put((byte) 'M')
                .putInt(102)
                .putInt(0)
                .putInt(offset)
                .putInt(40)
                .putInt(width)
                .putInt(height)
                .putShort((short) 1)
                .putShort((short) bits)
                .putInt(compression)
                .array();
    }

    /** No pixels by its width, and room for a palette of 2 GB before them. */
    private static byte[] paletteBehindPixels() {
        return ByteBuffer.wrap(bmp(Integer.MIN_VALUE, 9000, 1, 0, Integer.MAX_VALUE))
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(46, Integer.MAX_VALUE)
                .array();
    }

    private static byte[] os2() {
        return ByteBuffer.allocate(26)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 'B')
                .put((byte) 'M')
                .putLong(26)
                .putInt(26)
                .putInt(12)
                .putShort((short) 9000)
                .putShort((short) 9000)
                .putShort((short) 1)
                .putShort((short) 24)
                .array();
    }

    private static byte[] png(int width, int height, int bits, int colours, byte[] data) {
        byte[] header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put((byte) bits)
                .put((byte) colours)
                .array();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        chunk(file, "IHDR", header);
        chunk(file, "IDAT", data);
        chunk(file, "IEND", new byte[0]);
        return file.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream file, String name, byte[] data) {
        byte[] named = ByteBuffer.allocate(4 + data.length)
                .put(name.getBytes(StandardCharsets.US_ASCII))
                .put(data)
                .array();
        CRC32 checksum = new CRC32();
        checksum.update(named);
        file.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        file.writeBytes(named);
        file.writeBytes(ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array());
    }

    private static byte[] manyChunks(int count) {
        byte[] picture = Photos.png(new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_INDEXED));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        int header = 8 + 12 + 13;
        file.write(picture, 0, header);
        for (int i = 0; i < count; i++) {
            chunk(file, "tEXt", new byte[0]);
        }
        file.write(picture, header, picture.length - header);
        return file.toByteArray();
    }

    /** A square of pixels, of which each is a tile, the same bytes of the file. */
    private static byte[] smallTiles(int side, int compression, byte[] tile) {
        TiffBuilder tiff = new TiffBuilder(side, side)
                .tag(TiffBuilder.COMPRESSION, compression)
                .tag(TiffBuilder.TILE_WIDTH, 1)
                .tag(TiffBuilder.TILE_HEIGHT, 1);
        int[] offsets = new int[side * side];
        int[] lengths = new int[offsets.length];
        Arrays.fill(offsets, tiff.data(tile));
        Arrays.fill(lengths, tile.length);
        return tiff.tag(TiffBuilder.TILES, offsets)
                .tag(TiffBuilder.TILE_LENGTHS, lengths)
                .build();
    }

    private static byte[] xmp(String packet) {
        TiffBuilder tiff = new TiffBuilder(16, 16);
        byte[] file = tiff.parts(TiffBuilder.STRIPS, TiffBuilder.STRIP_LENGTHS, new byte[256])
                .tag(700, tiff.data(packet.getBytes(StandardCharsets.US_ASCII)))
                .build();
        // Type and count, of one offset, become those of the packet's bytes.
        int entry = ByteBuffer.wrap(file).getInt(4) + 2 + 12 * 8;
        return ByteBuffer.wrap(file)
                .putShort(entry + 2, (short) 1)
                .putInt(entry + 4, packet.length())
                .array();
    }

    private static byte[] textBombs() {
        byte[] picture = Photos.png(new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_INDEXED));
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        bomb.writeBytes("Comment\0\0".getBytes(StandardCharsets.US_ASCII));
        bomb.writeBytes(deflated(1 << 18));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        int header = 8 + 12 + 13;
        file.write(picture, 0, header);
        for (int i = 0; i < 2000; i++) {
            chunk(file, "zTXt", bomb.toByteArray());
        }
        file.write(picture, header, picture.length - header);
        return file.toByteArray();
    }

    private static byte[] rawProfile(String content) {
        byte[] picture = Photos.png(new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_INDEXED));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        int header = 8 + 12 + 13;
        file.write(picture, 0, header);
        chunk(file, "tEXt", ("Raw profile type exif\0" + content).getBytes(StandardCharsets.ISO_8859_1));
        file.write(picture, header, picture.length - header);
        return file.toByteArray();
    }

    /** A strip of 256 bytes, and what lies behind them: the same compressed megabytes again and again. */
    private static byte[] longStrip() {
        ByteArrayOutputStream strip = new ByteArrayOutputStream();
        byte[] packed = new byte[1 << 16];
        try (Deflater deflater = new Deflater()) {
            deflater.setInput(new byte[4 << 20]);
            strip.write(packed, 0, deflater.deflate(packed, 0, packed.length, Deflater.SYNC_FLUSH));
            deflater.setInput(new byte[4 << 20]);
            int length = deflater.deflate(packed, 0, packed.length, Deflater.SYNC_FLUSH);
            for (int i = 0; i < 256; i++) {
                strip.write(packed, 0, length);
            }
        }
        return new TiffBuilder(16, 16)
                .tag(TiffBuilder.COMPRESSION, 8)
                .parts(TiffBuilder.STRIPS, TiffBuilder.STRIP_LENGTHS, strip.toByteArray())
                .build();
    }

    private static byte[] deflated(int zeros) {
        try (Deflater deflater = new Deflater()) {
            deflater.setInput(new byte[zeros]);
            deflater.finish();
            byte[] packed = new byte[zeros / 500 + 64];
            return Arrays.copyOf(packed, deflater.deflate(packed));
        }
    }

    private static byte[] gif(int width, int height, int frameWidth, int frameHeight) {
        return ByteBuffer.allocate(40)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("GIF89a".getBytes(StandardCharsets.US_ASCII))
                .putShort((short) width)
                .putShort((short) height)
                .put(new byte[] {(byte) 0x80, 0, 0, 0, 0, 0, -1, -1, -1, ','})
                .putInt(0)
                .putShort((short) frameWidth)
                .putShort((short) frameHeight)
                .put(new byte[] {0, 2, 2, 0x4C, 1, 0, ';'})
                .array();
    }

    /** A grey progressive JPEG whose DC coefficients come once, and then nothing in many scans. */
    private static byte[] scans(int width, int height, int scans) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {-1, (byte) 0xD8, -1, (byte) 0xDB, 0, 67, 0});
        byte[] steps = new byte[64];
        Arrays.fill(steps, (byte) 1);
        file.writeBytes(steps);
        file.writeBytes(ByteBuffer.allocate(13)
                .put(new byte[] {-1, (byte) 0xC2, 0, 11, 8})
                .putShort((short) height)
                .putShort((short) width)
                .put(new byte[] {1, 1, 0x11, 0})
                .array());
        for (int tableClass = 0; tableClass < 2; tableClass++) {
            file.writeBytes(new byte[] {-1, (byte) 0xC4, 0, 20, (byte) (tableClass << 4), 1});
            // The one code, of one bit: no difference, or the end of a run of 32,767 blocks or so.
            file.writeBytes(new byte[15]);
            file.write(tableClass == 0 ? 0 : 0xE0);
        }
        int blocks = Math.ceilDiv(width, 8) * Math.ceilDiv(height, 8);
        file.writeBytes(new byte[] {-1, (byte) 0xDA, 0, 8, 1, 1, 0, 0, 0, 0});
        file.writeBytes(new byte[Math.ceilDiv(blocks, 8)]);
        for (int i = 1; i < scans; i++) {
            file.writeBytes(new byte[] {-1, (byte) 0xDA, 0, 8, 1, 1, 0, 1, 63, 0});
            file.writeBytes(new byte[2 * Math.ceilDiv(blocks, 1 << 14) + 1]);
        }
        file.writeBytes(new byte[] {-1, (byte) 0xD9});
        return file.toByteArray();
    }

    private static byte[] manyTables() {
        byte[] tables = new byte[18 * 3600];
        for (int i = 0; i < tables.length; i += 18) {
            tables[i] = 0x13;
            tables[i + 1] = 1;
        }
        byte[] file = Photos.file(ImageType.JPEG);
        for (int i = 0; i < 5; i++) {
            file = JpegSegments.with(file, 0xC4, tables);
        }
        return file;
    }
}
