package imagefunctions.jpeg.format;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The first image file directory of an EXIF block (TIFF 6.0, section 2); corrupt entries count as missing.
 */
public final class Ifd {
    /** The tag of the orientation (TIFF 6.0, section 8). */
    public static final int ORIENTATION = 274;

    private static final int BYTE = 1;
    private static final int ASCII = 2;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int SIGNED_BYTE = 6;
    private static final int SIGNED_SHORT = 8;
    private static final int SIGNED_LONG = 9;

    /** Of Exif 3.0. */
    private static final int UTF_8 = 129;

    /** Bytes of each type from 1 on; the others, such as Exif's 129 for UTF-8, have bytes. */
    private static final int[] SIZES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8};

    private static final byte[] EXIF = {'E', 'x', 'i', 'f', 0, 0};

    private final ByteBuffer tiff;

    private Ifd(ByteBuffer tiff) {
        this.tiff = tiff;
    }

    /** The directory of bytes that begin with a TIFF header, or with the identifier that EXIF has in JPEG files. */
    public static Ifd of(byte[] tiff) {
        int start = Arrays.equals(tiff, 0, Math.min(EXIF.length, tiff.length), EXIF, 0, EXIF.length) ? EXIF.length : 0;
        return of(tiff, start, tiff.length - start);
    }

    static Ifd of(byte[] file, int offset, int length) {
        boolean little = length > 0 && file[offset] == 'I';
        return new Ifd(ByteBuffer.wrap(file, offset, length)
                .slice()
                .order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN));
    }

    /** The transform that the orientation calls for, if there is a valid one. */
    public Optional<Transform> upright() {
        OptionalInt entry = entry(ORIENTATION);
        return entry.isPresent() ? number(entry.getAsInt()).flatMap(Transform::upright) : Optional.empty();
    }

    /** The value of an entry of any integer type (TIFF 6.0, section 2). */
    private Optional<Integer> number(int entry) {
        return switch (tiff.getShort(entry + 2)) {
            case BYTE, SIGNED_BYTE -> Optional.of((int) tiff.get(entry + 8));
            case SHORT, SIGNED_SHORT -> Optional.of((int) tiff.getShort(entry + 8));
            case LONG, SIGNED_LONG -> Optional.of(tiff.getInt(entry + 8));
            default -> Optional.empty();
        };
    }

    /** The values of an entry as they are stored; empty if it is missing, or if they lie beyond the block. */
    public Optional<byte[]> bytes(int tag) {
        OptionalInt entry = entry(tag);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        int type = tiff.getShort(entry.getAsInt() + 2);
        int size = type > 0 && type < SIZES.length ? SIZES[type] : 1;
        long length = size * Integer.toUnsignedLong(tiff.getInt(entry.getAsInt() + 4));
        long start = length <= 4 ? entry.getAsInt() + 8 : Integer.toUnsignedLong(tiff.getInt(entry.getAsInt() + 8));
        if (start + length > tiff.limit()) {
            return Optional.empty();
        }
        byte[] values = new byte[(int) length];
        tiff.get((int) start, values);
        return Optional.of(values);
    }

    /** The bytes of a text, in whatever coding; empty if the entry is missing or of another type. */
    public Optional<byte[]> text(int tag) {
        OptionalInt entry = entry(tag);
        int type = entry.isPresent() ? tiff.getShort(entry.getAsInt() + 2) : 0;
        return type == ASCII || type == UTF_8 ? bytes(tag) : Optional.empty();
    }

    ByteOrder order() {
        return tiff.order();
    }

    private OptionalInt entry(int tag) {
        try {
            if (tiff.getShort(2) != 42) {
                return OptionalInt.empty();
            }
            int directory = tiff.getInt(4);
            int count = tiff.getShort(directory) & 0xFFFF;
            for (int entry = directory + 2; count > 0; entry += 12, count--) {
                if ((tiff.getShort(entry) & 0xFFFF) == tag && entry + 12 <= tiff.limit()) {
                    return OptionalInt.of(entry);
                }
            }
            return OptionalInt.empty();
        } catch (IndexOutOfBoundsException | BufferUnderflowException e) {
            return OptionalInt.empty();
        }
    }
}
