package imagefunctions.webp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Lossless files that no encoder writes: any transforms in any order, colour caches everywhere, codes of all lengths,
 * groups of codes of which some are not used, indices past the end of the palette.
 */
final class RandomLossless {
    private static final int MAX_SIDE = 60;
    private static final int LITERALS = 256;
    private static final int LENGTHS = 24;
    private static final int DISTANCES = 40;
    private static final int NEIGHBOURS = 120;

    private final Random random;
    private final BitWriter bits = new BitWriter();

    private RandomLossless(long seed) {
        random = new Random(seed);
    }

    static byte[] file(long seed) {
        return WebpBuilder.simple("VP8L", new RandomLossless(seed).bitstream());
    }

    private byte[] bitstream() {
        int width = 1 + random.nextInt(MAX_SIDE);
        int height = 1 + random.nextInt(MAX_SIDE);
        bits.write(0x2F, 8);
        bits.write(width - 1, 14);
        bits.write(height - 1, 14);
        bits.write(1, 4);
        int stored = width;
        List<Integer> kinds = new ArrayList<>(List.of(0, 1, 2, 3));
        Collections.shuffle(kinds, random);
        for (int kind : kinds.subList(0, random.nextInt(5))) {
            bits.write(1, 1);
            bits.write(kind, 2);
            stored = transform(kind, stored, height);
        }
        bits.write(0, 1);
        picture(stored, height, true, new int[0]);
        return bits.toByteArray();
    }

    private int transform(int kind, int width, int height) {
        if (kind == 2) {
            return width;
        }
        if (kind == 3) {
            int colours = 1 + random.nextInt(random.nextBoolean() ? 20 : 256);
            bits.write(colours - 1, 8);
            picture(colours, 1, false, new int[0]);
            int bundled = colours > 16 ? 0 : colours > 4 ? 1 : colours > 2 ? 2 : 3;
            return Math.ceilDiv(width, 1 << bundled);
        }
        int blockBits = 2 + random.nextInt(4);
        bits.write(blockBits - 2, 3);
        picture(Math.ceilDiv(width, 1 << blockBits), Math.ceilDiv(height, 1 << blockBits), false, new int[0]);
        return width;
    }

    /** The five codes of a group. */
    private record Group(RandomCode green, RandomCode red, RandomCode blue, RandomCode alpha, RandomCode distance) {
        void write(BitWriter bits, Random random) {
            for (RandomCode code : List.of(green, red, blue, alpha, distance)) {
                code.write(bits, random);
            }
        }
    }

    /** Writes a picture: of groups' numbers if there are any, else a random one. */
    private void picture(int width, int height, boolean main, int[] numbers) {
        int cache = random.nextBoolean() && numbers.length == 0 ? 1 + random.nextInt(11) : 0;
        bits.write(cache > 0 ? 1 : 0, 1);
        bits.write(cache, cache > 0 ? 4 : 0);
        int[] blocks = {0};
        int blockBits = 30;
        if (main) {
            boolean several = random.nextBoolean();
            bits.write(several ? 1 : 0, 1);
            if (several) {
                blockBits = 2 + random.nextInt(4);
                bits.write(blockBits - 2, 3);
                int across = Math.ceilDiv(width, 1 << blockBits);
                int down = Math.ceilDiv(height, 1 << blockBits);
                int most = 1 + random.nextInt(random.nextInt(8) == 0 ? 1200 : 12);
                blocks = random.ints((long) across * down, 0, most).toArray();
                picture(across, down, false, blocks);
            }
        }
        List<Group> groups = new ArrayList<>();
        for (int i = IntStream.of(blocks).max().orElse(0); i >= 0; i--) {
            Group group = numbers.length > 0 ? group(numbers) : group(cache > 0 ? 1 << cache : 0);
            group.write(bits, random);
            groups.add(group);
        }
        int across = Math.ceilDiv(width, 1 << blockBits);
        for (int at = 0; at < width * height; ) {
            int block = ((at / width) >> blockBits) * across + (at % width >> blockBits);
            Group group = groups.get(blocks[block]);
            at += numbers.length > 0 ? number(group, numbers[at]) : pixels(group, at, width, width * height - at);
        }
    }

    private Group group(int[] numbers) {
        return new Group(
                code(LITERALS + LENGTHS, IntStream.of(numbers).map(number -> number & 0xFF)),
                code(LITERALS, IntStream.of(numbers).map(number -> number >> 8)),
                code(LITERALS, some(LITERALS)),
                code(LITERALS, some(LITERALS)),
                code(DISTANCES, some(DISTANCES)));
    }

    private Group group(int cache) {
        // Always with a literal, which can stand anywhere.
        IntStream literal = IntStream.of(random.nextInt(LITERALS));
        return new Group(
                code(LITERALS + LENGTHS + cache, IntStream.concat(literal, some(LITERALS + LENGTHS + cache))),
                code(LITERALS, some(LITERALS)),
                code(LITERALS, some(LITERALS)),
                code(LITERALS, some(LITERALS)),
                code(DISTANCES, some(DISTANCES)));
    }

    private IntStream some(int alphabet) {
        int most = random.nextBoolean() ? 3 : Math.min(300, alphabet);
        return random.ints(1L + random.nextInt(most), 0, alphabet);
    }

    private RandomCode code(int alphabet, IntStream symbols) {
        return new RandomCode(alphabet, symbols.distinct().toArray(), random);
    }

    private int number(Group group, int number) {
        group.green().write(number & 0xFF, bits);
        group.red().write(number >> 8, bits);
        group.blue().write(group.blue().any(random), bits);
        group.alpha().write(group.alpha().any(random), bits);
        return 1;
    }

    /** Writes a literal, a copy or a place in the cache, and returns how many pixels it is. */
    private int pixels(Group group, int at, int width, int left) {
        int green = group.green().any(random);
        if (green >= LITERALS && green < LITERALS + LENGTHS) {
            int length = number(green - LITERALS);
            int extra = random.nextInt(1 << extraBits(green - LITERALS));
            int symbol = group.distance().any(random);
            int more = random.nextInt(1 << extraBits(symbol));
            int distance = number(symbol) + more;
            boolean behind = distance > NEIGHBOURS ? distance - NEIGHBOURS <= at : at >= 8 * width + 8;
            if (length + extra > left || !behind) {
                return pixels(group, at, width, left);
            }
            group.green().write(green, bits);
            bits.write(extra, extraBits(green - LITERALS));
            group.distance().write(symbol, bits);
            bits.write(more, extraBits(symbol));
            return length + extra;
        }
        group.green().write(green, bits);
        if (green < LITERALS) {
            group.red().write(group.red().any(random), bits);
            group.blue().write(group.blue().any(random), bits);
            group.alpha().write(group.alpha().any(random), bits);
        }
        return 1;
    }

    private static int extraBits(int prefix) {
        return prefix < 4 ? 0 : (prefix - 2) >> 1;
    }

    private static int number(int prefix) {
        return prefix < 4 ? prefix + 1 : ((2 + (prefix & 1)) << extraBits(prefix)) + 1;
    }
}
