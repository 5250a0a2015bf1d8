package imagefunctions.webp.lossless;

/** Adds green to red and blue (RFC 9649, 3.5.3). */
record SubtractGreen(int width) implements Inverse {

    @Override
    public void undo(int y, int[] argb) {
        for (int x = 0; x < width; x++) {
            int green = argb[x] >>> 8 & 0xFF;
            argb[x] = (argb[x] & 0xFF00FF00) | ((argb[x] & 0x00FF00FF) + (green << 16 | green) & 0x00FF00FF);
        }
    }
}
