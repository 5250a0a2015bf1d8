package imagefunctions.imaging.codec;

import imagefunctions.imaging.error.DamagedImageException;

/**
 * The blocks of a GIF file (GIF89a) up to its first frame, and how many frames there are.
 *
 * @param width of the screen in pixels, enlarged if the first frame extends beyond it
 * @param height of the screen in pixels, enlarged likewise
 * @param frame the first frame
 * @param frames how many there are
 * @param inOrder whether the first frame's blocks come to their end, and another block, the end of the file or nothing follows
 */
record GifFile(int width, int height, Frame frame, int frames, boolean inOrder) {

    /** What stands between the frames besides blocks. */
    private static final int STRAY = 0;

    private static final int EXTENSION = 0x21;
    private static final int GRAPHIC_CONTROL = 0xF9;
    private static final int IMAGE = 0x2C;
    private static final int TRAILER = 0x3B;
    private static final int HAS_COLOURS = 0x80;
    private static final int INTERLACED = 0x40;

    /**
     * A frame.
     *
     * @param left columns to its left
     * @param top rows above it
     * @param colours its palette, as RGB
     * @param transparent the index that is transparent, or -1
     * @param dataAt where its compressed indices begin
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Frame(
            int left, int top, int width, int height, boolean interlaced, int[] colours, int transparent, int dataAt) {}

    /**
     * Finds the first frame and counts the others.
     *
     * @throws DamagedImageException if the file ends or breaks off before its first frame
     */
    static GifFile read(byte[] file) {
        return new Reader(file).read();
    }

    private static final class Reader {
        private final byte[] file;
        private int at = 6;

        Reader(byte[] file) {
            this.file = file;
        }

        GifFile read() {
            int width = u16();
            int height = u16();
            int flags = u8();
            at += 2;
            int[] colours = colours(flags);
            requireEndOf(colours);
            int transparent = -1;
            while (true) {
                switch (u8()) {
                    case EXTENSION -> {
                        int label = u8();
                        if (label == GRAPHIC_CONTROL && at + 4 < file.length) {
                            transparent = (file[at + 1] & 1) == 1 ? file[at + 4] & 0xFF : -1;
                        }
                        skipBlocks();
                    }
                    case IMAGE -> {
                        Frame frame = frame(colours, transparent);
                        at = frame.dataAt + 1;
                        skipBlocks();
                        boolean inOrder = isInOrder();
                        return new GifFile(
                                Math.max(width, frame.left + frame.width),
                                Math.max(height, frame.top + frame.height),
                                frame,
                                1 + framesBehind(),
                                inOrder);
                    }
                    case STRAY -> {}
                    default -> throw new DamagedImageException("GIF file ends before its first frame", null);
                }
            }
        }

        /** Bytes that came in between push the zeros at its end out of the palette, where they would pass for stray ones. */
        private void requireEndOf(int[] colours) {
            boolean endsInZero = colours.length > 0 && (colours[colours.length - 1] & 0xFF) == 0;
            if (endsInZero && at < file.length && file[at] == STRAY) {
                throw new DamagedImageException("GIF file's palette is longer than it says", null);
            }
        }

        private Frame frame(int[] globalColours, int transparent) {
            int left = u16();
            int top = u16();
            int width = u16();
            int height = u16();
            int flags = u8();
            int[] own = colours(flags);
            int[] colours = own.length > 0 ? own : globalColours;
            if (width == 0 || height == 0) {
                throw new DamagedImageException("GIF file's first frame has no size", null);
            }
            if (colours.length == 0) {
                throw new DamagedImageException("GIF file has no colours", null);
            }
            return new Frame(left, top, width, height, (flags & INTERLACED) != 0, colours, transparent, at);
        }

        private boolean isInOrder() {
            if (at >= file.length) {
                return at == file.length;
            }
            return switch (file[at]) {
                case EXTENSION, IMAGE, TRAILER, STRAY -> true;
                default -> false;
            };
        }

        /** Until something is not whole: what stands behind the first frame cannot spoil it. */
        private int framesBehind() {
            int frames = 0;
            while (at < file.length) {
                switch (u8()) {
                    case EXTENSION -> at++;
                    case IMAGE -> {
                        if (at + 9 >= file.length) {
                            return frames;
                        }
                        frames++;
                        at += 8;
                        int flags = u8();
                        at += 3 * colourCount(flags) + 1;
                    }
                    case STRAY -> {
                        continue;
                    }
                    default -> {
                        return frames;
                    }
                }
                skipBlocks();
            }
            return frames;
        }

        private int[] colours(int flags) {
            int[] colours = new int[colourCount(flags)];
            for (int i = 0; i < colours.length; i++) {
                colours[i] = u8() << 16 | u8() << 8 | u8();
            }
            return colours;
        }

        private static int colourCount(int flags) {
            return (flags & HAS_COLOURS) == 0 ? 0 : 2 << (flags & 7);
        }

        private void skipBlocks() {
            while (at < file.length && file[at] != 0) {
                at += 1 + (file[at] & 0xFF);
            }
            at++;
        }

        private int u16() {
            return u8() | u8() << 8;
        }

        private int u8() {
            if (at >= file.length) {
                throw new DamagedImageException("GIF file is cut short", null);
            }
            return file[at++] & 0xFF;
        }
    }
}
