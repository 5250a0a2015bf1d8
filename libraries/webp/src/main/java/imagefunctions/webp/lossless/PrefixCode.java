package imagefunctions.webp.lossless;

import imagefunctions.webp.format.DamagedWebpException;

/**
 * A canonical prefix code (RFC 9649, 3.7.2) as a table over its first bits, with further tables behind it for what is
 * longer.
 *
 * <p>An entry holds a symbol and, in its low four bits, the length of its code. If that is greater than the first table's
 * bits, the entry instead holds where the further table begins, and how long the longest code in it is.
 */
final class PrefixCode {
    static final int MAX_LENGTH = 15;
    private static final int ROOT_BITS = 8;

    private final char[] table;
    private final int rootBits;

    private PrefixCode(char[] table, int rootBits) {
        this.table = table;
        this.rootBits = rootBits;
    }

    /**
     * Builds a code.
     *
     * @param lengths of the code of each symbol; 0 for symbols that it does not have
     * @param symbols how many symbols to look at
     * @throws DamagedWebpException if no symbol has a code, or not every sequence of bits leads to a symbol
     */
    static PrefixCode of(int[] lengths, int symbols) {
        int[] counts = counts(lengths, symbols);
        int coded = symbols - counts[0];
        if (coded == 1) {
            int only = 0;
            while (lengths[only] == 0) {
                only++;
            }
            return new PrefixCode(new char[] {entry(only, 0)}, 0);
        }
        int longest = MAX_LENGTH;
        while (counts[longest] == 0) {
            longest--;
        }
        return of(lengths, sorted(lengths, symbols, counts), Math.min(longest, ROOT_BITS));
    }

    /** Does all of {@link #of(int[], int)} but build the code. */
    static void validate(int[] lengths, int symbols) {
        counts(lengths, symbols);
    }

    private static int[] counts(int[] lengths, int symbols) {
        int[] counts = new int[MAX_LENGTH + 1];
        int space = 0;
        for (int symbol = 0; symbol < symbols; symbol++) {
            counts[lengths[symbol]]++;
            space += lengths[symbol] == 0 ? 0 : 1 << (MAX_LENGTH - lengths[symbol]);
        }
        int coded = symbols - counts[0];
        if (coded == 0 || (coded > 1 && space != 1 << MAX_LENGTH)) {
            throw new DamagedWebpException("The lossless WebP picture has a broken prefix code.");
        }
        return counts;
    }

    /** The symbols that have a code, ordered by its length. */
    private static int[] sorted(int[] lengths, int symbols, int[] counts) {
        int[] next = new int[MAX_LENGTH + 2];
        for (int length = 1; length <= MAX_LENGTH; length++) {
            next[length + 1] = next[length] + counts[length];
        }
        int[] sorted = new int[symbols - counts[0]];
        for (int symbol = 0; symbol < symbols; symbol++) {
            if (lengths[symbol] > 0) {
                sorted[next[lengths[symbol]]++] = symbol;
            }
        }
        return sorted;
    }

    private static PrefixCode of(int[] lengths, int[] sorted, int rootBits) {
        int root = 1 << rootBits;
        int[] codes = codes(lengths, sorted);
        // The longest code that begins with the bits of each entry of the first table.
        int[] longest = new int[root];
        for (int i = 0; i < sorted.length; i++) {
            int prefix = codes[i] & root - 1;
            longest[prefix] = Math.max(longest[prefix], lengths[sorted[i]]);
        }
        int size = root;
        int[] starts = new int[root];
        for (int prefix = 0; prefix < root; prefix++) {
            starts[prefix] = size;
            size += longest[prefix] > rootBits ? 1 << (longest[prefix] - rootBits) : 0;
        }
        char[] table = new char[size];
        for (int i = 0; i < sorted.length; i++) {
            int length = lengths[sorted[i]];
            char entry = entry(sorted[i], length);
            if (length <= rootBits) {
                fill(table, codes[i], 1 << length, root, entry);
            } else {
                int prefix = codes[i] & root - 1;
                int start = starts[prefix];
                table[prefix] = entry(start, longest[prefix]);
                int end = start + (1 << (longest[prefix] - rootBits));
                fill(table, start + (codes[i] >>> rootBits), 1 << (length - rootBits), end, entry);
            }
        }
        return new PrefixCode(table, rootBits);
    }

    private static void fill(char[] table, int from, int step, int end, char entry) {
        for (int at = from; at < end; at += step) {
            table[at] = entry;
        }
    }

    /** The codes of the sorted symbols, their first bit lowest. */
    private static int[] codes(int[] lengths, int[] sorted) {
        int[] codes = new int[sorted.length];
        int code = 0;
        int length = lengths[sorted[0]];
        for (int i = 0; i < sorted.length; i++) {
            code <<= lengths[sorted[i]] - length;
            length = lengths[sorted[i]];
            codes[i] = Integer.reverse(code) >>> (Integer.SIZE - length);
            code++;
        }
        return codes;
    }

    private static char entry(int symbol, int length) {
        return (char) (symbol << 4 | length);
    }

    /** The entry of the symbol whose code the bits begin with. */
    char entry(int bits) {
        char entry = table[bits & (1 << rootBits) - 1];
        int further = length(entry) - rootBits;
        return further <= 0 ? entry : table[symbol(entry) + (bits >>> rootBits & (1 << further) - 1)];
    }

    static int length(char entry) {
        return entry & 15;
    }

    static int symbol(char entry) {
        return entry >> 4;
    }

    /** How many entries its tables have. */
    int size() {
        return table.length;
    }

    /** Whether it has one symbol only, which takes no bits. */
    boolean single() {
        return rootBits == 0;
    }

    /** The only symbol. */
    int only() {
        return symbol(table[0]);
    }
}
