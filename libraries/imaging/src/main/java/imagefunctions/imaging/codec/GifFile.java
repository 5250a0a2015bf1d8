package imagefunctions.imaging.codec;

import imagefunctions.imaging.error.DamagedImageException;

/** What a GIF file holds, checked before it is decoded. */
final class GifFile {
    /** The most that a byte of LZW data becomes: 4096 pixels are coded in 12 bits. */
    static final int LZW = 2731;

    private GifFile() {}

    /** Checks the first frame, or the screen, against the file that should bring its pixels. */
    static void check(byte[] file, int width, int height, PixelLimit limit) {
        limit.check(width, height);
        if ((long) file.length * LZW < (long) width * height) {
            throw new DamagedImageException("GIF file is too short for its pixels", null);
        }
    }
}
