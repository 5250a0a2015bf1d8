package imagefunctions.fuzz;

import java.util.random.RandomGenerator;

/** Numbers that files state, and bytes to write them to. */
final class Numbers {
    private static final int[] SIZES = {
        0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 33, 64, 100, 255, 256, 500, 1000, 4096, 16383, 16384, 32767, 65500, 65535
    };
    private static final int[] LARGE = {1 << 24, Integer.MAX_VALUE, Integer.MIN_VALUE, -1, -2};

    private final RandomGenerator random;

    Numbers(RandomGenerator random) {
        this.random = random;
    }

    /** A number at which something may begin to be different. */
    int any() {
        return random.nextInt(8) == 0 ? LARGE[random.nextInt(LARGE.length)] : SIZES[random.nextInt(SIZES.length)];
    }

    /** A number that is any one, a small one, or a little more or less than what is there. */
    int insteadOf(int number) {
        return switch (random.nextInt(3)) {
            case 0 -> any();
            case 1 -> random.nextInt(10);
            default -> number + random.nextInt(5) - 2;
        };
    }

    /** A copy with another byte somewhere, rather at the beginning, where headers are. */
    byte[] withAnotherByte(byte[] data) {
        byte[] changed = data.clone();
        if (changed.length > 0) {
            int at = random.nextInt(random.nextBoolean() ? changed.length : Math.min(changed.length, 32));
            changed[at] = (byte) (random.nextBoolean() ? changed[at] ^ 1 << random.nextInt(8) : random.nextInt(256));
        }
        return changed;
    }
}
