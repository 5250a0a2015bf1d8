package imagefunctions.imaging;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A damaged file, and in words where it is damaged. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Damage(byte[] file, String where) {
    private static final int PLACES = 40;

    /** The last ones are between the end of the pixels and that of the file. */
    private static final int LAST_PLACES = 5;

    /** The file cut short, at places evenly spread and at each of its last bytes. */
    static List<Damage> cuts(byte[] whole) {
        int spread = PLACES - LAST_PLACES;
        return IntStream.range(0, PLACES)
                .map(place -> place < spread ? whole.length * place / spread : whole.length - (PLACES - place))
                .mapToObj(length -> new Damage(Arrays.copyOf(whole, length), "cut at " + length))
                .toList();
    }

    /** The file with one to three bytes that do not belong to it. */
    static List<Damage> strayBytes(byte[] whole, Random random) {
        return Stream.generate(() -> {
                    byte[] stray = stray(random);
                    int at = random.nextInt(2, whole.length);
                    return new Damage(replaced(whole, at, 0, stray), Arrays.toString(stray) + " stray at " + at);
                })
                .limit(PLACES)
                .toList();
    }

    /** The same, between two places and with as many bytes lost before the second, so that all behind it is in its place. */
    static List<Damage> strayBytes(byte[] whole, int from, int to, Random random) {
        return Stream.generate(() -> {
                    byte[] stray = stray(random);
                    int at = random.nextInt(from, Math.max(from + 1, to - stray.length));
                    int lost = Math.min(stray.length, to - at);
                    byte[] longer = replaced(whole, at, 0, stray);
                    return new Damage(
                            replaced(longer, to + stray.length - lost, lost, new byte[0]),
                            Arrays.toString(stray) + " stray at " + at + " before " + to);
                })
                .limit(PLACES)
                .toList();
    }

    /** The file with one to four bytes changed between two places. */
    static List<Damage> changes(byte[] whole, int from, int to, Random random) {
        return Stream.generate(() -> {
                    byte[] file = whole.clone();
                    StringBuilder where = new StringBuilder("changed");
                    for (int i = random.nextInt(4); i >= 0; i--) {
                        int at = random.nextInt(from, to);
                        file[at] = (byte) random.nextInt();
                        where.append(" to ").append(file[at]).append(" at ").append(at);
                    }
                    return new Damage(file, where.toString());
                })
                .limit(PLACES)
                .toList();
    }

    private static byte[] stray(Random random) {
        byte[] stray = new byte[random.nextInt(1, 4)];
        random.nextBytes(stray);
        return stray;
    }

    private static byte[] replaced(byte[] file, int at, int length, byte[] other) {
        return ByteBuffer.allocate(file.length - length + other.length)
                .put(file, 0, at)
                .put(other)
                .put(file, at + length, file.length - at - length)
                .array();
    }
}
