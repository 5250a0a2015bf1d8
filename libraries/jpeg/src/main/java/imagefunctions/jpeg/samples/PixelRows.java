package imagefunctions.jpeg.samples;

import imagefunctions.jpeg.format.Component;
import imagefunctions.jpeg.format.Frame;
import java.util.ArrayList;
import java.util.List;

/**
 * A picture's components with a sample for each pixel, row by row: subsampled ones are enlarged to the bit as libjpeg
 * does.
 *
 * <p>Where a sample covers two pixels, a pixel gets three quarters of it and a quarter of the next one on its side
 * ("fancy upsampling", which centres samples between their pixels); elsewhere samples are repeated.
 */
public final class PixelRows {
    private final Frame frame;
    private final List<Enlarged> components = new ArrayList<>();

    /** Rows of planes that were decoded in full. */
    public PixelRows(List<Plane> planes, Frame frame) {
        this.frame = frame;
        for (int c = 0; c < planes.size(); c++) {
            components.add(new Enlarged(planes.get(c), frame, frame.components().get(c)));
        }
    }

    public int width() {
        return frame.width();
    }

    public int height() {
        return frame.height();
    }

    public int components() {
        return components.size();
    }

    /** An array for a row of all components. */
    public int[][] row() {
        // A pixel more, since the last sample of an odd row covers two.
        return new int[components.size()][frame.width() + 1];
    }

    /** Reads the samples of a row, 0 to 255, by component. */
    public void read(int y, int[][] into) {
        for (int c = 0; c < into.length; c++) {
            components.get(c).read(y, into[c]);
        }
    }

    /** A component's rows. */
    private static final class Enlarged {
        /** Narrower planes are not interpolated across. */
        private static final int LEAST_WIDTH = 3;

        private final Plane plane;
        private final Frame frame;
        private final Component component;
        private final boolean across;
        private final boolean down;
        private final int[] line;

        Enlarged(Plane plane, Frame frame, Component component) {
            this.plane = plane;
            this.frame = frame;
            this.component = component;
            int horizontal = component.horizontal();
            int vertical = component.vertical();
            boolean wide = frame.maxHorizontal() == 2 * horizontal;
            boolean tall = frame.maxVertical() == 2 * vertical;
            this.across = wide && (tall || frame.maxVertical() == vertical) && plane.width() >= LEAST_WIDTH;
            this.down = tall && (across || frame.maxHorizontal() == horizontal);
            this.line = new int[plane.width()];
        }

        void read(int y, int[] into) {
            if (down) {
                int near = y / 2;
                int far = Math.clamp(near + (y % 2 == 0 ? -1 : 1), 0, plane.height() - 1);
                threeToOne(near, far);
                if (across) {
                    interpolate(line, 4, 8, 7, into);
                } else {
                    round(line, y % 2 == 0 ? 1 : 2, into);
                }
            } else if (across) {
                load(y, line);
                interpolate(line, 2, 1, 2, into);
            } else if (component.horizontal() == frame.maxHorizontal()) {
                load(y * component.vertical() / frame.maxVertical(), into);
            } else {
                load(y * component.vertical() / frame.maxVertical(), line);
                for (int x = 0; x < frame.width(); x++) {
                    into[x] = line[x * component.horizontal() / frame.maxHorizontal()];
                }
            }
        }

        private void load(int row, int[] into) {
            byte[] samples = plane.samples();
            int at = row * plane.stride();
            for (int x = 0; x < plane.width(); x++) {
                into[x] = samples[at + x] & 0xFF;
            }
        }

        private void threeToOne(int near, int far) {
            byte[] samples = plane.samples();
            int from = near * plane.stride();
            int other = far * plane.stride();
            for (int x = 0; x < line.length; x++) {
                line[x] = 3 * (samples[from + x] & 0xFF) + (samples[other + x] & 0xFF);
            }
        }

        private static void round(int[] sums, int half, int[] into) {
            for (int x = 0; x < sums.length; x++) {
                into[x] = (sums[x] + half) >> 2;
            }
        }

        /** Doubles a line, whose ends are repeated; left and right pixels are rounded by different halves. */
        private static void interpolate(int[] line, int bits, int left, int right, int[] into) {
            int last = line.length - 1;
            into[0] = (4 * line[0] + left) >> bits;
            for (int x = 0; x < last; x++) {
                into[2 * x + 1] = (3 * line[x] + line[x + 1] + right) >> bits;
                into[2 * x + 2] = (3 * line[x + 1] + line[x] + left) >> bits;
            }
            if (2 * last + 1 < into.length) {
                into[2 * last + 1] = (4 * line[last] + right) >> bits;
            }
        }
    }
}
