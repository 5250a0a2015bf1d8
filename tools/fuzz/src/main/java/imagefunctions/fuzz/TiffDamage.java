package imagefunctions.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.random.RandomGenerator;

/** Changes what the first directory of a TIFF or BigTIFF file says. */
final class TiffDamage implements Damage {
    /** What makes pixels: sizes, depths, compressions, colours, places, predictors, palettes, tiles and the like. */
    private static final int[] TAGS = {
        256, 257, 258, 259, 262, 266, 273, 274, 277, 278, 279, 284, 292, 293, 317, 320, 322, 323, 324, 325, 338, 339,
        347, 529, 530, 531, 532, 700, 34675
    };

    private static final int[] COMPRESSIONS = {1, 2, 3, 4, 5, 6, 7, 8, 32773, 32946};
    private static final int COMPRESSION = 259;

    private final RandomGenerator random;
    private final Numbers numbers;

    TiffDamage(RandomGenerator random) {
        this.random = random;
        numbers = new Numbers(random);
    }

    @Override
    public byte[] damage(byte[] file, byte[] other) {
        if (file.length < 16) {
            return file;
        }
        ByteBuffer tiff =
                ByteBuffer.wrap(file.clone()).order(file[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        boolean big = tiff.getShort(2) == 43;
        int size = big ? 20 : 12;
        int directory = (int) (big ? tiff.getLong(8) : tiff.getInt(4));
        int entries = directory + (big ? 8 : 2);
        if (directory < 0 || entries < 0 || entries > file.length - size) {
            return numbers.withAnotherByte(file);
        }
        int stated = big ? (int) tiff.getLong(directory) : tiff.getShort(directory);
        int there = Math.clamp(stated, 1, (file.length - entries) / size);
        damageEntry(tiff, entries + size * random.nextInt(there), big);
        return tiff.array();
    }

    private void damageEntry(ByteBuffer tiff, int entry, boolean big) {
        int value = entry + (big ? 12 : 8);
        switch (random.nextInt(8)) {
            case 0 -> tiff.putShort(entry, (short) TAGS[random.nextInt(TAGS.length)]);
            case 1 -> tiff.putShort(entry + 2, (short) random.nextInt(19));
            case 2 -> tiff.putInt(entry + 4, numbers.insteadOf(tiff.getInt(entry + 4)));
            case 3 -> {
                // What does not fit into the entry lies where it says.
                int place = tiff.getInt(value);
                if (place >= 0 && place <= tiff.capacity() - 4) {
                    tiff.putShort(place + 2 * random.nextInt(2), (short) numbers.insteadOf(tiff.getShort(place)));
                }
            }
            default -> {
                int number = tiff.getShort(entry) == COMPRESSION
                        ? COMPRESSIONS[random.nextInt(COMPRESSIONS.length)]
                        : numbers.insteadOf(tiff.getShort(value));
                if (tiff.getShort(entry + 2) == 3) {
                    tiff.putShort(value, (short) number);
                } else {
                    tiff.putInt(value, number);
                }
            }
        }
    }
}
