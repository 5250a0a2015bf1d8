package imagefunctions.webp.lossless;

import imagefunctions.webp.format.DamagedWebpException;
import imagefunctions.webp.format.Interruption;
import java.util.HexFormat;

/**
 * Reads the pixels of a picture, or of what is stored as one (RFC 9649, 3.6 and 3.7): literals, copies of earlier ones,
 * and places in a cache of colours.
 */
final class Pixels {
    private static final int MAX_CACHE_BITS = 11;
    private static final int MIN_BLOCK_BITS = 2;

    /** For the first distance codes: rows up, and 8 minus columns to the right (RFC 9649, 3.6.2.2). */
    private static final byte[] NEIGHBOURS = HexFormat.of()
            .parseHex("1807171928062729161a262a38053739151b363a252b48044749141c353b464a242c58454b343c03"
                    + "5759131d565a232d444c555b333d68026769121e666a222e545c434d656b323e78017779535d111f"
                    + "646c424e767a212f757b313f636d525e00747c414f1020626e30737d515f40727e616f50717f6070");

    private final BitReader bits;
    private final int width;
    private final int height;
    private final int cacheBits;
    private final int[] cache;
    private final int[] argb;

    /** Which group of codes each block of pixels has; null if there is one only. */
    private final int blockBits;

    private final int[] blocks;
    private final CodeGroup[] groups;

    private Pixels(BitReader bits, int width, int height, boolean inBlocks) {
        this.bits = bits;
        this.width = width;
        this.height = height;
        cacheBits = bits.flag() ? bits.read(4) : -1;
        if (cacheBits == 0 || cacheBits > MAX_CACHE_BITS) {
            throw new DamagedWebpException("The lossless WebP picture has a colour cache of a size that there is not.");
        }
        cache = new int[cacheBits > 0 ? 1 << cacheBits : 0];
        if (inBlocks && bits.flag()) {
            blockBits = MIN_BLOCK_BITS + bits.read(3);
            blocks = read(bits, blocks(width, blockBits), blocks(height, blockBits), false);
        } else {
            blockBits = Integer.SIZE - 1;
            blocks = new int[1];
        }
        groups = new CodeReader(bits, cache.length).groups(used(blocks));
        argb = new int[width * height];
    }

    /** Reads the pixels of a picture that the transforms are undone of, or of a smaller one. */
    static int[] read(BitReader bits, int width, int height, boolean inBlocks) {
        Pixels pixels = new Pixels(bits, width, height, inBlocks);
        pixels.read();
        return pixels.argb;
    }

    static int blocks(int side, int bits) {
        return (side + (1 << bits) - 1) >> bits;
    }

    /** Turns the blocks' pixels into numbers of groups, in red and green. */
    private static boolean[] used(int[] blocks) {
        int last = 0;
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = blocks[i] >>> 8 & 0xFFFF;
            last = Math.max(last, blocks[i]);
        }
        boolean[] used = new boolean[last + 1];
        for (int group : blocks) {
            used[group] = true;
        }
        return used;
    }

    private void read() {
        int across = blockBits < Integer.SIZE - 1 ? blocks(width, blockBits) : 1;
        int blockMask = (1 << blockBits) - 1;
        CodeGroup group = groups[blocks[0]];
        int at = 0;
        int x = 0;
        int y = 0;
        while (at < argb.length) {
            if ((x & blockMask) == 0) {
                group = groups[blocks[(y >> blockBits) * across + (x >> blockBits)]];
            }
            bits.refill();
            int green = bits.symbol(group.green());
            int length = 1;
            if (green < CodeReader.LITERALS) {
                argb[at] = group.plain() ? group.others() | green << 8 : literal(group, green);
            } else if (green < CodeReader.LITERALS + CodeReader.LENGTHS) {
                length = number(green - CodeReader.LITERALS);
                copy(at, distance(number(bits.symbol(group.distance()))), length);
            } else {
                argb[at] = cache[green - CodeReader.LITERALS - CodeReader.LENGTHS];
            }
            if (cacheBits > 0) {
                remember(at, at + length);
            }
            at += length;
            x += length;
            if (x >= width) {
                y += x / width;
                x %= width;
                bits.check();
                Interruption.check();
            }
            if (length > 1) {
                group = y < height ? groups[blocks[(y >> blockBits) * across + (x >> blockBits)]] : group;
            }
        }
        bits.check();
    }

    private int literal(CodeGroup group, int green) {
        int red = bits.symbol(group.red());
        int blue = bits.symbol(group.blue());
        if (bits.low()) {
            bits.refill();
        }
        return bits.symbol(group.alpha()) << 24 | red << 16 | green << 8 | blue;
    }

    /** A length or a distance: its prefix is a symbol, and the rest follows in bits (RFC 9649, 3.6.2.2). */
    private int number(int prefix) {
        if (prefix < 4) {
            bits.refill();
            return prefix + 1;
        }
        int extra = (prefix - 2) >> 1;
        int number = ((2 + (prefix & 1)) << extra) + bits.read(extra) + 1;
        bits.refill();
        return number;
    }

    private int distance(int code) {
        if (code > NEIGHBOURS.length) {
            return code - NEIGHBOURS.length;
        }
        int neighbour = NEIGHBOURS[code - 1];
        return Math.max(1, (neighbour >> 4) * width + 8 - (neighbour & 15));
    }

    private void copy(int at, int distance, int length) {
        if (distance > at || length > argb.length - at) {
            throw new DamagedWebpException("The lossless WebP picture copies pixels that it does not have.");
        }
        if (distance >= length) {
            System.arraycopy(argb, at - distance, argb, at, length);
            return;
        }
        for (int i = at; i < at + length; i++) {
            argb[i] = argb[i - distance];
        }
    }

    private void remember(int from, int to) {
        for (int i = from; i < to; i++) {
            cache[(argb[i] * 0x1E35A7BD) >>> (Integer.SIZE - cacheBits)] = argb[i];
        }
    }
}
