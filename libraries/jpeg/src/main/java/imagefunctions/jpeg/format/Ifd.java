package imagefunctions.jpeg.format;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The first image file directory of a TIFF file or an EXIF block (TIFF 6.0, section 2); corrupt entries count as
 * missing.
 */
public final class Ifd {
    private static final int ORIENTATION = 274;
    private static final int ICC_PROFILE = 34675;
    private static final int SHORT = 3;

    private final ByteBuffer tiff;

    private Ifd(ByteBuffer tiff) {
        this.tiff = tiff;
    }

    /** The directory of bytes that begin with a TIFF header. */
    public static Ifd of(byte[] tiff) {
        return of(tiff, 0, tiff.length);
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
        return entry.isPresent() && tiff.getShort(entry.getAsInt() + 2) == SHORT
                ? Transform.upright(tiff.getShort(entry.getAsInt() + 8))
                : Optional.empty();
    }

    /** The ICC profile of a TIFF file. */
    public Optional<byte[]> iccProfile() {
        OptionalInt entry = entry(ICC_PROFILE);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        int length = tiff.getInt(entry.getAsInt() + 4);
        int at = tiff.getInt(entry.getAsInt() + 8);
        if (length <= 0 || at < 0 || at > tiff.limit() - length) {
            return Optional.empty();
        }
        byte[] profile = new byte[length];
        tiff.get(at, profile);
        return Optional.of(profile);
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
