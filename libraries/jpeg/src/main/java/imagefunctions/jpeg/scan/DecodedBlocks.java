package imagefunctions.jpeg.scan;

import imagefunctions.jpeg.entropy.Coefficient;
import imagefunctions.jpeg.format.Component;

/** A component's blocks as a {@link SequentialDecoder} decodes them completely. */
final class DecodedBlocks implements BlockSource {
    private final int widthInBlocks;
    private final int heightInBlocks;
    private final int[] steps;
    private final CodedOrder order;
    private final SequentialDecoder decoder;

    DecodedBlocks(Component plane, int[] steps, CodedOrder order, SequentialDecoder decoder) {
        this.widthInBlocks = plane.widthInBlocks();
        this.heightInBlocks = plane.heightInBlocks();
        this.steps = steps;
        this.order = order;
        this.decoder = decoder;
    }

    @Override
    public int widthInBlocks() {
        return widthInBlocks;
    }

    @Override
    public int heightInBlocks() {
        return heightInBlocks;
    }

    @Override
    public boolean holds(int rows) {
        return decoder.holdsAll() || order.rowsInMcu() % rows == 0;
    }

    @Override
    public int[] steps() {
        return steps;
    }

    @Override
    public int dc(int x, int y) {
        decoder.decodeTo(order.mcuRow(y));
        return Coefficient.value(decoder.coefficients()[decoder.start(order.position(x, y))]);
    }

    @Override
    public void read(int x, int y, int limit, Block into) {
        decoder.decodeTo(order.mcuRow(y));
        int position = order.position(x, y);
        int end = decoder.start(position + 1);
        while (Coefficient.index(decoder.coefficients()[end - 1]) > limit) {
            end--;
        }
        into.set(decoder.coefficients(), decoder.start(position), end);
    }
}
