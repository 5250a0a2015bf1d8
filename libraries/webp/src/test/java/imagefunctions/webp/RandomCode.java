package imagefunctions.webp;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A random prefix code of the lossless bitstream. */
final class RandomCode {
    private static final int[] ORDER = {17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    private static final int MAX_LENGTH = 15;

    private final int[] symbols;
    private final int[] lengths;
    private final int[] codes;

    /** Gives each of the symbols a code. */
    RandomCode(int alphabet, int[] symbols, Random random) {
        this.symbols = symbols;
        lengths = new int[alphabet];
        int[] depths = {0};
        while (depths.length < symbols.length) {
            int split = random.nextInt(depths.length);
            if (depths[split] < MAX_LENGTH) {
                depths[split]++;
                depths = IntStream.concat(Arrays.stream(depths), IntStream.of(depths[split]))
                        .toArray();
            }
        }
        for (int i = 0; i < symbols.length; i++) {
            lengths[symbols[i]] = symbols.length == 1 ? 1 + random.nextInt(MAX_LENGTH) : depths[i];
        }
        codes = codes(lengths);
    }

    private static int[] codes(int[] lengths) {
        int[] codes = new int[lengths.length];
        int code = 0;
        for (int length = 1; length <= MAX_LENGTH; length++) {
            code <<= 1;
            for (int symbol = 0; symbol < lengths.length; symbol++) {
                if (lengths[symbol] == length) {
                    codes[symbol] = Integer.reverse(code++) >>> (Integer.SIZE - length);
                }
            }
        }
        return codes;
    }

    int any(Random random) {
        return symbols[random.nextInt(symbols.length)];
    }

    void write(int symbol, BitWriter bits) {
        if (symbols.length > 1) {
            bits.write(codes[symbol], lengths[symbol]);
        }
    }

    /** Writes the code itself. */
    void write(BitWriter bits, Random random) {
        if (symbols.length <= 2 && Arrays.stream(symbols).allMatch(symbol -> symbol < 256) && random.nextBoolean()) {
            bits.write(1, 1);
            bits.write(symbols.length - 1, 1);
            int wide = symbols[0] > 1 || random.nextBoolean() ? 1 : 0;
            bits.write(wide, 1);
            bits.write(symbols[0], wide == 1 ? 8 : 1);
            for (int i = 1; i < symbols.length; i++) {
                bits.write(symbols[i], 8);
            }
            return;
        }
        bits.write(0, 1);
        bits.write(ORDER.length - 4, 4);
        // The code of the lengths: thirteen of four bits and six of five.
        int[] ofLengths =
                IntStream.range(0, ORDER.length).map(i -> i < 13 ? 4 : 5).toArray();
        for (int symbol : ORDER) {
            bits.write(ofLengths[symbol], 3);
        }
        int[] codesOfLengths = codes(ofLengths);
        List<int[]> tokens = tokens(random);
        int zeros = 0;
        while (tokens.get(tokens.size() - 1 - zeros)[0] == 0 && tokens.size() - zeros > 2) {
            zeros++;
        }
        if (tokens.size() >= 2 && random.nextBoolean()) {
            // The number of lengths that are given; the others are zero.
            tokens = tokens.subList(0, tokens.size() - zeros);
            bits.write(1, 1);
            bits.write(4, 3);
            bits.write(tokens.size() - 2, 10);
        } else {
            bits.write(0, 1);
        }
        for (int[] token : tokens) {
            bits.write(codesOfLengths[token[0]], ofLengths[token[0]]);
            if (token[0] > MAX_LENGTH) {
                bits.write(token[1], token[0] == 16 ? 2 : token[0] == 17 ? 3 : 7);
            }
        }
    }

    /** The lengths, some repeated by the symbols 16 to 18 with a number. */
    private List<int[]> tokens(Random random) {
        List<int[]> tokens = IntStream.range(0, 0).mapToObj(i -> new int[2]).collect(Collectors.toList());
        int previous = 8;
        for (int at = 0; at < lengths.length; ) {
            int length = lengths[at];
            int run = 1;
            while (at + run < lengths.length && lengths[at + run] == length) {
                run++;
            }
            if (length == 0 && run >= 11 && random.nextInt(4) > 0) {
                int some = Math.min(run, 138);
                tokens.add(new int[] {18, some - 11});
                at += some;
            } else if (length == 0 && run >= 3 && random.nextInt(4) > 0) {
                int some = Math.min(run, 10);
                tokens.add(new int[] {17, some - 3});
                at += some;
            } else if (length == previous && run >= 3 && random.nextBoolean()) {
                int some = Math.min(run, 6);
                tokens.add(new int[] {16, some - 3});
                at += some;
            } else {
                tokens.add(new int[] {length, 0});
                previous = length == 0 ? previous : length;
                at++;
            }
        }
        return tokens;
    }
}
