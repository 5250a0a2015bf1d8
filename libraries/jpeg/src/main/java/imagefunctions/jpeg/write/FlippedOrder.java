package imagefunctions.jpeg.write;

import imagefunctions.jpeg.format.Transform;
import imagefunctions.jpeg.scan.BlockSource;

/** Where a source has the blocks of a result that is flipped, or as it was. */
final class FlippedOrder {
    /** The position of the first block, and the direction to the next ones. */
    private final int firstX;

    private final int firstY;
    private final int stepX;
    private final int stepY;

    FlippedOrder(BlockSource source, Transform transform) {
        this.firstX = transform.mirrorsX() ? source.widthInBlocks() - 1 : 0;
        this.firstY = transform.mirrorsY() ? source.heightInBlocks() - 1 : 0;
        this.stepX = transform.mirrorsX() ? -1 : 1;
        this.stepY = transform.mirrorsY() ? -1 : 1;
    }

    int x(int x) {
        return firstX + x * stepX;
    }

    int y(int y) {
        return firstY + y * stepY;
    }
}
