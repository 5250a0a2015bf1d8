package imagefunctions.jpeg.scan;

import imagefunctions.jpeg.entropy.Coefficient;
import imagefunctions.jpeg.format.Component;

/** A component's blocks, all of whose coefficients a {@link SequentialDecoder} decodes. */
final class DecodedBlocks implements BlockSource {
    private final int wide;
    private final int high;
    private final int[] steps;
    private final CodedOrder order;
    private final SequentialDecoder decoder;

    DecodedBlocks(Component plane, int[] steps, CodedOrder order, SequentialDecoder decoder) {
        this.wide = plane.widthInBlocks();
        this.high = plane.heightInBlocks();
        this.steps = steps;
        this.order = order;
        this.decoder = decoder;
    }

    @Override
    public int widthInBlocks() {
        return wide;
    }

    @Override
    public int heightInBlocks() {
        return high;
    }

    @Override
    public int[] steps() {
        return steps;
    }

    @Override
    public int dc(int x, int y) {
        decoder.decodeTo(order.mcuRow(y));
        return Coefficient.value(decoder.coefficients()[decoder.start(order.place(x, y))]);
    }

    @Override
    public void read(int x, int y, int limit, Block into) {
        decoder.decodeTo(order.mcuRow(y));
        int place = order.place(x, y);
        int end = decoder.start(place + 1);
        while (Coefficient.index(decoder.coefficients()[end - 1]) > limit) {
            end--;
        }
        into.set(decoder.coefficients(), decoder.start(place), end);
    }
}
