package imagefunctions.imaging.jpeg;

import java.util.ArrayList;
import java.util.List;

/** Small pictures: reconstructed from as few coefficients as suffice, and resized in YCbCr. */
final class Shrinking {
    /** A plane is resized from the smallest reconstruction that is at least so many hundredths of the size asked for. */
    private static final int GAP = 186;

    private final List<Component> components;
    private final int width;
    private final int height;
    private final int[] blockSizes;

    /** Shrinks to a size in pixels, as the source lies. */
    Shrinking(JpegFile file, JpegEdit.Size size, Turn turn, boolean grey) {
        components =
                grey ? file.frame().components().subList(0, 1) : file.frame().components();
        blockSizes = new int[components.size()];
        switch (size) {
            case JpegEdit.Reduced(int denominator) -> {
                width = Frame.ceilDiv(file.width(), denominator);
                height = Frame.ceilDiv(file.height(), denominator);
                blockSizes[0] =
                        file.frame().wholeLuma() ? 8 / denominator : sufficient(components.getFirst(), width, height);
            }
            case JpegEdit.Resized(int across, int down) -> {
                width = turn.transposes() ? down : across;
                height = turn.transposes() ? across : down;
                blockSizes[0] = sufficient(components.getFirst(), width, height);
            }
        }
        for (int c = 1; c < components.size(); c++) {
            blockSizes[c] = sufficient(components.get(c), half(width), half(height));
        }
    }

    /** Whether no AC coefficient is needed. */
    boolean dcOnly() {
        for (int size : blockSizes) {
            if (size > 1) {
                return false;
            }
        }
        return true;
    }

    /** Luma in the size asked for, chroma in half of it, laid as the turn says. */
    List<Plane> planes(BlockSource[] sources, Turn turn) {
        List<Plane> planes = new ArrayList<>();
        for (int c = 0; c < components.size(); c++) {
            Plane plane = PlaneReader.read(sources[c], components.get(c), blockSizes[c]);
            Plane resized = Lanczos.resize(plane, c == 0 ? width : half(width), c == 0 ? height : half(height));
            planes.add(resized.turned(turn));
        }
        return planes;
    }

    private static int half(int size) {
        return (size + 1) / 2;
    }

    private static int sufficient(Component component, int width, int height) {
        int size = 1;
        while (size < 8
                && (100L * component.width() * size < 8L * GAP * width
                        || 100L * component.height() * size < 8L * GAP * height)) {
            size *= 2;
        }
        return size;
    }
}
