package imagefunctions.webp.lossless;

import java.util.Arrays;

/**
 * Replaces indices, up to eight of which are bundled in a pixel's green, by colours (RFC 9649, 3.5.4).
 *
 * @param bundleBits 0 to 3: a pixel holds two to that power of indices
 * @param palette all colours that an index can name; those past the end are transparent black
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ColourIndexing(int width, int bundleBits, int[] palette) implements Inverse {

    static ColourIndexing read(BitReader bits, int width) {
        int colours = bits.read(8) + 1;
        int bundleBits = colours > 16 ? 0 : colours > 4 ? 1 : colours > 2 ? 2 : 3;
        int[] differences = Pixels.read(bits, colours, 1, false);
        int[] palette = Arrays.copyOf(differences, 1 << (8 >> bundleBits));
        for (int i = 1; i < colours; i++) {
            palette[i] = Inverse.sum(palette[i], palette[i - 1]);
        }
        return new ColourIndexing(width, bundleBits, palette);
    }

    /** The width of the picture of indices. */
    int bundles() {
        return Pixels.blocks(width, bundleBits);
    }

    @Override
    public void undo(int y, int[] argb) {
        int indexBits = 8 >> bundleBits;
        int last = (1 << bundleBits) - 1;
        // From the end, so that no bundle is overwritten before it is read.
        for (int x = width - 1; x >= 0; x--) {
            int bundle = argb[x >> bundleBits] >>> 8 & 0xFF;
            argb[x] = palette[bundle >> ((x & last) * indexBits) & palette.length - 1];
        }
    }
}
