package imagefunctions.imaging.tiff;

import imagefunctions.imaging.error.DamagedImageException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The first image file directory of a TIFF or BigTIFF file (TIFF 6.0, section 2). */
public final class TiffDirectory {
    private static final int MAX_PAGES = 10_000;
    private static final int MAX_ENTRIES = 10_000;
    private static final int BIG = 43;
    private static final int SUBFILE_TYPE = 254;
    private static final int REDUCED = 1;
    private static final int REDUCED_OR_MASK = REDUCED | 4;
    private static final int SUB_DIRECTORIES = 330;
    private static final int DNG_VERSION = 50706;

    /** Bytes of each type from 1 on; 13 and 16 to 18 are offsets and BigTIFF's integers. */
    private static final int[] SIZES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};

    private static final int BEYOND = -1;

    /** An entry's type, number of values, and where they lie. */
    private record Entry(int type, int count, int at) {}

    private final ByteBuffer file;
    private final boolean big;
    private final Map<Integer, Entry> entries = new HashMap<>();
    private final int pages;

    private TiffDirectory(byte[] bytes) {
        file = ByteBuffer.wrap(bytes).order(bytes[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        big = file.getShort(2) == BIG;
        long next = read(big ? file.getLong(8) : Integer.toUnsignedLong(file.getInt(4)));
        pages = 1 + pagesFrom(next);
    }

    /**
     * Reads the first directory; an entry whose values lie beyond the file does harm only if it is asked for.
     *
     * @param file bytes that begin as a TIFF or BigTIFF file does
     * @throws DamagedImageException if there is no whole directory
     */
    public static TiffDirectory read(byte[] file) {
        try {
            return new TiffDirectory(file);
        } catch (IndexOutOfBoundsException | BufferUnderflowException e) {
            throw new DamagedImageException("TIFF file's directory is cut short or broken", e);
        }
    }

    /** The offset of the next directory, or 0. */
    private long read(long offset) {
        int at = index(offset);
        long count = count(at);
        if (count > MAX_ENTRIES) {
            throw new IndexOutOfBoundsException();
        }
        at += big ? 8 : 2;
        int last = -1;
        boolean sorted = true;
        boolean skipped = false;
        for (int i = 0; i < count; i++, at += big ? 20 : 12) {
            int tag = file.getShort(at) & 0xFFFF;
            int type = file.getShort(at + 2);
            sorted &= tag > last;
            last = tag;
            if (type < 0 || type >= SIZES.length) {
                throw new IndexOutOfBoundsException();
            }
            long values = big ? file.getLong(at + 4) : Integer.toUnsignedLong(file.getInt(at + 4));
            int size = SIZES[type];
            skipped |= size == 0;
            if (size > 0 && values > 0) {
                int inline = at + (big ? 12 : 8);
                long place = values <= (big ? 8 : 4) / size
                        ? inline
                        : big ? file.getLong(inline) : Integer.toUnsignedLong(file.getInt(inline));
                boolean whole = values <= file.limit() / size && place >= 0 && place <= file.limit() - values * size;
                entries.putIfAbsent(tag, new Entry(type, (int) values, whole ? (int) place : BEYOND));
            }
        }
        // Either alone is seen in files that are whole; both where the entries are not in their places.
        if (!sorted && skipped) {
            throw new IndexOutOfBoundsException();
        }
        return next(at);
    }

    private long count(int at) {
        return big ? file.getLong(at) : file.getShort(at) & 0xFFFF;
    }

    private long next(int at) {
        if (at > file.limit() - (big ? 8 : 4)) {
            return 0;
        }
        return big ? file.getLong(at) : Integer.toUnsignedLong(file.getInt(at));
    }

    private int index(long offset) {
        if (offset < 0 || offset > file.limit() - 2) {
            throw new IndexOutOfBoundsException();
        }
        return (int) offset;
    }

    /** Counts the pictures of a chain of directories, up to one that is broken or was there before. */
    private int pagesFrom(long first) {
        Set<Long> seen = new HashSet<>();
        int pictures = 0;
        long next = first;
        while (next > 0 && next <= file.limit() - (big ? 8 : 2) && seen.size() < MAX_PAGES && seen.add(next)) {
            long entriesThere = count((int) next);
            long end = next + (big ? 8 + 20 * entriesThere : 2 + 12 * entriesThere);
            boolean whole = entriesThere >= 0 && entriesThere <= MAX_ENTRIES && end <= file.limit();
            pictures += whole && entriesThere > 0 && belongsToAnother((int) next) ? 0 : 1;
            next = whole ? next((int) end) : 0;
        }
        return pictures;
    }

    /** Whether its first entry, that of the lowest tag, says that it is a reduced version or a mask of another picture. */
    private boolean belongsToAnother(int directory) {
        int entry = directory + (big ? 8 : 2);
        return file.getShort(entry) == SUBFILE_TYPE && (file.getInt(entry + (big ? 12 : 8)) & REDUCED_OR_MASK) != 0;
    }

    /** How many pictures there are, each in a directory of its own. */
    public int pages() {
        return pages;
    }

    /** Whether the file is a camera's raw one, by Adobe's DNG or Canon's CR2, whose first picture is a preview. */
    public boolean raw() {
        boolean canons = file.getInt(4) == 16 && file.get(8) == 'C' && file.get(9) == 'R';
        return canons || has(DNG_VERSION);
    }

    /** Whether its picture is a small version of another one in the file. */
    public boolean preview() {
        return (number(SUBFILE_TYPE, 0) & REDUCED) != 0 && (has(SUB_DIRECTORIES) || pages > 1);
    }

    ByteOrder order() {
        return file.order();
    }

    boolean has(int tag) {
        return entries.containsKey(tag);
    }

    /** The first value of an integer entry. */
    public Optional<Long> number(int tag) {
        return numbers(tag, 1).map(values -> values[0]);
    }

    long number(int tag, long otherwise) {
        return number(tag).orElse(otherwise);
    }

    /** The first values of an integer entry, at most {@code most}. */
    Optional<long[]> numbers(int tag, int most) {
        return entry(tag).flatMap(entry -> numbers(entry, Math.min(most, entry.count)));
    }

    private Optional<Entry> entry(int tag) {
        Optional<Entry> entry = Optional.ofNullable(entries.get(tag));
        if (entry.filter(each -> each.at == BEYOND).isPresent()) {
            throw new DamagedImageException("TIFF file's directory is cut short or broken", null);
        }
        return entry;
    }

    private Optional<long[]> numbers(Entry entry, int count) {
        long[] values = new long[count];
        for (int i = 0; i < values.length; i++) {
            int at = entry.at + i * SIZES[entry.type];
            switch (entry.type) {
                case 1 -> values[i] = file.get(at) & 0xFF;
                case 6 -> values[i] = file.get(at);
                case 3 -> values[i] = file.getShort(at) & 0xFFFF;
                case 8 -> values[i] = file.getShort(at);
                case 4, 13 -> values[i] = Integer.toUnsignedLong(file.getInt(at));
                case 9 -> values[i] = file.getInt(at);
                case 16, 17, 18 -> values[i] = file.getLong(at);
                default -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(values);
    }

    /** The values of an entry of fractions or floats, if there are exactly {@code count}. */
    Optional<double[]> reals(int tag, int count) {
        return entry(tag).filter(entry -> entry.count == count).flatMap(this::reals);
    }

    private Optional<double[]> reals(Entry entry) {
        double[] values = new double[entry.count];
        for (int i = 0; i < values.length; i++) {
            int at = entry.at + i * SIZES[entry.type];
            switch (entry.type) {
                case 5 ->
                    values[i] = fraction(
                            Integer.toUnsignedLong(file.getInt(at)), Integer.toUnsignedLong(file.getInt(at + 4)));
                case 10 -> values[i] = fraction(file.getInt(at), file.getInt(at + 4));
                case 11 -> values[i] = file.getFloat(at);
                case 12 -> values[i] = file.getDouble(at);
                default -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(values);
    }

    /** Without a denominator it is zero, as libtiff has it. */
    private static double fraction(long numerator, long denominator) {
        return denominator == 0 ? 0 : (double) numerator / denominator;
    }

    /** The bytes of an entry of any type. */
    public Optional<byte[]> bytes(int tag) {
        return entry(tag).map(entry -> {
            byte[] content = new byte[entry.count * SIZES[entry.type]];
            file.get(entry.at, content);
            return content;
        });
    }
}
