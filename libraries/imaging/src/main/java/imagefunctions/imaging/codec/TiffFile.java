package imagefunctions.imaging.codec;

import imagefunctions.imaging.error.DamagedImageException;
import imagefunctions.imaging.error.NotAnImageException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The first directory of a TIFF file (TIFF 6.0, section 2), reduced to what makes its pixels.
 *
 * <p>A decoder reads nothing else of the file: no further directories, whose chain may be long or overlap, and no tag
 * twice or of more values than it may have.
 */
final class TiffFile {
    static final int WIDTH = 256;
    static final int HEIGHT = 257;
    static final int BITS = 258;
    static final int COMPRESSION = 259;
    static final int STRIP_OFFSETS = 273;
    static final int SAMPLES = 277;
    static final int ROWS_PER_STRIP = 278;
    static final int STRIP_LENGTHS = 279;
    static final int PLANAR = 284;
    static final int TILE_WIDTH = 322;
    static final int TILE_HEIGHT = 323;
    static final int TILE_OFFSETS = 324;
    static final int TILE_LENGTHS = 325;
    static final int OLD_JPEG = 513;
    private static final int PROFILE = 34675;

    private static final Set<Integer> LISTS = Set.of(STRIP_OFFSETS, STRIP_LENGTHS, TILE_OFFSETS, TILE_LENGTHS);

    /** The colour map, tables for JPEG strips, and the ICC profile. */
    private static final Map<Integer, Integer> LARGE = Map.of(320, 3 << 16, 347, 1 << 16, PROFILE, 4 << 20);

    private static final Set<Integer> OTHERS = Set.of(
            WIDTH,
            HEIGHT,
            BITS,
            COMPRESSION,
            SAMPLES,
            ROWS_PER_STRIP,
            PLANAR,
            TILE_WIDTH,
            TILE_HEIGHT,
            OLD_JPEG,
            262,
            266,
            280,
            281,
            292,
            293,
            317,
            332,
            334,
            338,
            339,
            340,
            341,
            514,
            529,
            530,
            531,
            532);

    private static final int MOST_OTHERS = 1024;

    /** The bytes of a value, by its type. */
    private static final int[] LENGTHS = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8};

    private final byte[] file;
    private final ByteBuffer bytes;
    private final Map<Integer, Entry> entries = new LinkedHashMap<>();

    /** A tag's values: their type and number, where they are, and where the entry itself is. */
    private record Entry(int type, int count, int at, int entry) {}

    private TiffFile(byte[] file) {
        this.file = file;
        this.bytes = ByteBuffer.wrap(file).order(file[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    }

    /**
     * The file reduced to what makes its pixels.
     *
     * @throws DamagedImageException if its directory is broken
     * @throws NotAnImageException if a tag has more values than are read
     */
    static TiffFile of(byte[] file) {
        TiffFile tiff = new TiffFile(file);
        long directory = file.length < 8 ? file.length : Integer.toUnsignedLong(tiff.bytes.getInt(4));
        int count = directory + 2 > file.length ? 1 : Short.toUnsignedInt(tiff.bytes.getShort((int) directory));
        if (directory + 2 + count * 12L > file.length) {
            throw new DamagedImageException("TIFF file ends before its directory does", null);
        }
        for (int entry = 0; entry < count; entry++) {
            tiff.add((int) directory + 2 + entry * 12);
        }
        return tiff;
    }

    private void add(int at) {
        int tag = Short.toUnsignedInt(bytes.getShort(at));
        int type = Short.toUnsignedInt(bytes.getShort(at + 2));
        long count = Integer.toUnsignedLong(bytes.getInt(at + 4));
        long length = type < LENGTHS.length ? count * LENGTHS[type] : 0;
        long values = length <= 4 ? at + 8 : Integer.toUnsignedLong(bytes.getInt(at + 8));
        boolean wanted = LISTS.contains(tag) || LARGE.containsKey(tag) || OTHERS.contains(tag);
        boolean whole = values + length <= file.length;
        if (!wanted || length == 0 || (tag == PROFILE && !whole)) {
            return;
        }
        if (!whole) {
            throw new DamagedImageException("TIFF file ends before the values of its tags", null);
        }
        if (!LISTS.contains(tag) && count > LARGE.getOrDefault(tag, MOST_OTHERS)) {
            throw NotAnImageException.unsupported("A TIFF with %d values of tag %d".formatted(count, tag), null);
        }
        entries.putIfAbsent(tag, new Entry(type, (int) count, (int) values, at));
    }

    boolean has(int tag) {
        return entries.containsKey(tag);
    }

    /** The number of a tag's values. */
    int count(int tag) {
        Entry entry = entries.get(tag);
        return entry == null ? 0 : entry.count();
    }

    /** The first value of a tag, if it is there and whole. */
    OptionalInt number(int tag) {
        long value = count(tag) == 0 ? -1 : number(tag, 0);
        return value < 0 || value > Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of((int) value);
    }

    /** A whole value of a tag. */
    long number(int tag, int index) {
        Entry entry = entries.get(tag);
        if (entry == null) {
            throw new DamagedImageException("TIFF file lacks a tag", null);
        }
        int at = entry.at() + index * LENGTHS[entry.type()];
        return switch (entry.type()) {
            case 1 -> Byte.toUnsignedInt(bytes.get(at));
            case 3 -> Short.toUnsignedInt(bytes.getShort(at));
            case 4 -> Integer.toUnsignedLong(bytes.getInt(at));
            default -> throw new DamagedImageException("TIFF file has a broken tag", null);
        };
    }

    byte[] file() {
        return file;
    }

    /** A file with the same pixels at the same places, and a directory of these tags alone behind them. */
    byte[] reduced() {
        int directory = file.length + (file.length & 1);
        byte[] reduced = Arrays.copyOf(file, directory + 2 + 12 * entries.size() + 4);
        ByteBuffer into = ByteBuffer.wrap(reduced).order(bytes.order());
        into.putInt(4, directory);
        into.putShort(directory, (short) entries.size());
        int at = directory + 2;
        for (Entry entry : entries.values()) {
            System.arraycopy(file, entry.entry(), reduced, at, 12);
            at += 12;
        }
        return reduced;
    }
}
