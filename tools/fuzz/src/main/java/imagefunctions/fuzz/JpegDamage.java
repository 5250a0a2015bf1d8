package imagefunctions.fuzz;

import imagefunctions.fuzz.JpegParts.Part;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Damages the segments of a JPEG file, moved, doubled, changed within, and its scans. */
final class JpegDamage implements Damage {
    private static final int[] MARKERS = {
        0xC0, 0xC1, 0xC2, 0xC3, 0xC4, 0xC9, 0xD0, 0xD3, 0xD8, 0xD9, 0xDA, 0xDB, 0xDC, 0xDD, 0xE0, 0xEE, 0xFE
    };
    private static final int[] SIZES = {0, 1, 7, 8, 9, 15, 16, 17, 33, 64, 100, 255, 256, 1000, 4096, 65500, 65535};

    private final RandomGenerator random;

    JpegDamage(RandomGenerator random) {
        this.random = random;
    }

    private int pick(int[] values) {
        return values[random.nextInt(values.length)];
    }

    @Override
    public byte[] damage(byte[] file, byte[] other) {
        List<Part> parts = JpegParts.split(file);
        if (parts.size() < 2) {
            return file;
        }
        int at = 1 + random.nextInt(parts.size() - 1);
        Part part = parts.get(at);
        switch (random.nextInt(9)) {
            case 0 -> parts.remove(at);
            case 1 -> parts.add(1 + random.nextInt(parts.size() - 1), part);
            case 2 -> parts.add(1 + random.nextInt(parts.size() - 1), parts.remove(at));
            case 3 -> {
                List<Part> others = JpegParts.split(other);
                if (!others.isEmpty()) {
                    parts.add(at, others.get(random.nextInt(others.size())));
                }
            }
            case 4 -> parts.set(at, new Part(pick(MARKERS), part.payload(), part.data()));
            case 5 -> parts.set(at, new Part(part.marker(), part.payload(), scan(part.data())));
            default -> parts.set(at, new Part(part.marker(), field(part.marker(), part.payload()), part.data()));
        }
        return JpegParts.join(parts);
    }

    /** Changes a number in a segment's payload, by what the segment is. */
    private byte[] field(int marker, byte[] payload) {
        if (payload.length == 0) {
            return payload;
        }
        byte[] changed = payload.clone();
        int at = random.nextInt(changed.length);
        switch (marker) {
            case 0xC0, 0xC1, 0xC2 -> frame(changed, at);
            case JpegParts.SOS -> changed[at] = (byte) (random.nextBoolean() ? random.nextInt(4) : random.nextInt(64));
            case 0xC4 -> {
                // A code moves from one length to another: the table stays as long as it says.
                int from = 1 + random.nextInt(Math.min(16, changed.length));
                int to = 1 + random.nextInt(Math.min(16, changed.length));
                if (from < changed.length && to < changed.length && changed[from] != 0) {
                    changed[from]--;
                    changed[to]++;
                } else {
                    changed[at] = (byte) random.nextInt(256);
                }
            }
            case 0xDB -> changed[at] = (byte) (random.nextBoolean() ? 0 : random.nextInt(256));
            case 0xDD -> changed[changed.length - 1] = (byte) random.nextInt(12);
            default -> changed[at] = (byte) random.nextInt(256);
        }
        return random.nextInt(16) == 0 ? Arrays.copyOf(changed, random.nextInt(changed.length + 3)) : changed;
    }

    /** A frame header's size, number of components, sampling factors, tables (ITU-T T.81, B.2.2). */
    private void frame(byte[] payload, int at) {
        if (payload.length > 5 && random.nextBoolean()) {
            int size = pick(SIZES);
            int side = random.nextBoolean() ? 1 : 3;
            payload[side] = (byte) (size >> 8);
            payload[side + 1] = (byte) size;
        } else if (payload.length > 7 && random.nextBoolean()) {
            int factors = 7 + 3 * random.nextInt((payload.length - 6 + 1) / 3);
            payload[Math.min(factors, payload.length - 1)] = (byte) ((random.nextInt(5) << 4) | random.nextInt(5));
        } else {
            payload[at] = (byte) random.nextInt(5);
        }
    }

    /** Damages a scan's bytes: cut, moved by a bit, restart markers put in, runs of ones or of zeros. */
    private byte[] scan(byte[] data) {
        if (data.length < 4) {
            return data;
        }
        int at = random.nextInt(data.length - 1);
        byte[] changed = data.clone();
        switch (random.nextInt(5)) {
            case 0 -> {
                return Arrays.copyOf(changed, at);
            }
            case 1 -> {
                changed[at] = -1;
                changed[at + 1] = (byte) (0xD0 + random.nextInt(8));
            }
            case 2 -> {
                for (int i = at; i < data.length - 1; i++) {
                    changed[i] = (byte) ((data[i] << 1) | (data[i + 1] & 0xFF) >> 7);
                }
            }
            case 3 ->
                Arrays.fill(
                        changed, at, Math.min(data.length, at + random.nextInt(40)), (byte) (random.nextInt(2) * 0xFE));
            default -> changed[at] ^= (byte) (1 << random.nextInt(8));
        }
        return changed;
    }
}
