package imagefunctions.imaging.codec;

import imagefunctions.imaging.pixels.IccProfile;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** The first image file directory of a TIFF file or EXIF block (TIFF 6.0, section 2), read as far as it is intact. */
record Ifd(ByteBuffer tiff) {

    private static final int ORIENTATION = 274;
    private static final int ICC_PROFILE = 34675;
    private static final int SHORT = 3;

    static Ifd of(byte[] tiff) {
        boolean little = tiff.length > 0 && tiff[0] == 'I';
        return new Ifd(ByteBuffer.wrap(tiff).order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN));
    }

    /** The EXIF orientation, 1 to 8, unless it is missing or invalid. */
    Optional<Integer> orientation() {
        return entry(ORIENTATION)
                .filter(entry -> tiff.getShort(entry + 2) == SHORT)
                .map(entry -> (int) tiff.getShort(entry + 8))
                .filter(orientation -> orientation >= 1 && orientation <= 8);
    }

    Optional<IccProfile> profile() {
        return entry(ICC_PROFILE).flatMap(entry -> {
            int length = tiff.getInt(entry + 4);
            int at = tiff.getInt(entry + 8);
            if (length <= 0 || at < 0 || at > tiff.limit() - length) {
                return Optional.empty();
            }
            byte[] profile = new byte[length];
            tiff.get(at, profile);
            return IccProfile.of(profile);
        });
    }

    private Optional<Integer> entry(int tag) {
        try {
            if (tiff.getShort(2) != 42) {
                return Optional.empty();
            }
            int directory = tiff.getInt(4);
            int count = tiff.getShort(directory) & 0xFFFF;
            for (int entry = directory + 2; count > 0; entry += 12, count--) {
                if ((tiff.getShort(entry) & 0xFFFF) == tag && entry + 12 <= tiff.limit()) {
                    return Optional.of(entry);
                }
            }
            return Optional.empty();
        } catch (IndexOutOfBoundsException | BufferUnderflowException e) {
            return Optional.empty();
        }
    }
}
