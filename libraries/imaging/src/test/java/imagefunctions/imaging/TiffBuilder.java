package imagefunctions.imaging;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/** A TIFF file put together tag by tag, whether or not it makes sense; big-endian, all values LONGs. */
final class TiffBuilder {
    static final int BITS = 258;
    static final int COMPRESSION = 259;
    static final int STRIPS = 273;
    static final int SAMPLES = 277;
    static final int STRIP_LENGTHS = 279;
    static final int TILE_WIDTH = 322;
    static final int TILE_HEIGHT = 323;
    static final int TILES = 324;
    static final int TILE_LENGTHS = 325;

    private static final int HEADER = 8;

    private final Map<Integer, int[]> tags = new TreeMap<>();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    TiffBuilder(int width, int height) {
        tag(256, width)
                .tag(257, height)
                .tag(BITS, 8)
                .tag(COMPRESSION, 1)
                .tag(262, 1)
                .tag(SAMPLES, 1);
    }

    TiffBuilder tag(int tag, int... values) {
        tags.put(tag, values);
        return this;
    }

    /** One after the other, with the tags for where and how long they are. */
    TiffBuilder parts(int offsets, int lengths, byte[]... parts) {
        int[] at = new int[parts.length];
        int[] long_ = new int[parts.length];
        for (int i = 0; i < parts.length; i++) {
            at[i] = data(parts[i]);
            long_[i] = parts[i].length;
        }
        return tag(offsets, at).tag(lengths, long_);
    }

    /** Adds bytes, and returns where they begin in the file. */
    int data(byte[] bytes) {
        int at = HEADER + data.size();
        data.writeBytes(bytes);
        return at;
    }

    byte[] build() {
        int values = HEADER + data.size();
        int directory =
                values + tags.values().stream().mapToInt(all -> 4 * all.length).sum();
        ByteBuffer file = ByteBuffer.allocate(directory + 2 + 12 * tags.size() + 4);
        file.put((byte) 'M').put((byte) 'M').putShort((short) 42).putInt(directory);
        file.put(data.toByteArray());
        ByteBuffer entries = file.duplicate().position(directory).putShort((short) tags.size());
        tags.forEach((tag, all) -> {
            entries.putShort((short) (int) tag).putShort((short) 4).putInt(all.length);
            entries.putInt(all.length == 1 ? all[0] : file.position());
            for (int value : all) {
                file.putInt(value);
            }
        });
        return file.array();
    }
}
