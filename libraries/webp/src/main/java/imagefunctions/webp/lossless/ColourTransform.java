package imagefunctions.webp.lossless;

/**
 * Adds multiples of green to red and blue, and of red to blue (RFC 9649, 3.5.2).
 *
 * @param blocks the factors of each block: of red to blue in red, of green to blue in green, of green to red in blue
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ColourTransform(int width, int blockBits, int[] blocks) implements Inverse {

    @Override
    public void undo(int y, int[] argb) {
        int block = (y >> blockBits) * Pixels.blocks(width, blockBits);
        for (int from = 0; from < width; from += 1 << blockBits) {
            undo(argb, from, Math.min(width, from + (1 << blockBits)), blocks[block++]);
        }
    }

    private static void undo(int[] argb, int from, int to, int factors) {
        int greenToRed = (byte) factors;
        int greenToBlue = (byte) (factors >> 8);
        int redToBlue = (byte) (factors >> 16);
        for (int x = from; x < to; x++) {
            int pixel = argb[x];
            int green = (byte) (pixel >> 8);
            int red = (pixel >> 16) + ((greenToRed * green) >> 5) & 0xFF;
            int blue = pixel + ((greenToBlue * green) >> 5) + ((redToBlue * (byte) red) >> 5) & 0xFF;
            argb[x] = (pixel & 0xFF00FF00) | red << 16 | blue;
        }
    }
}
