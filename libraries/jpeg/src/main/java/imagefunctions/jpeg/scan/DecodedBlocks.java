package imagefunctions.jpeg.scan;

import imagefunctions.jpeg.entropy.Coefficient;
import imagefunctions.jpeg.format.Component;

/** A component's blocks as {@link SequentialDecoder}s decode them completely, each some of the MCU rows. */
final class DecodedBlocks implements BlockSource {
    private final int widthInBlocks;
    private final int heightInBlocks;
    private final int[] steps;
    private final CodedOrder order;
    private final SequentialDecoder[] decoders;

    /**
     * Blocks of a component.
     *
     * @param decoders by MCU row
     */
    DecodedBlocks(Component plane, int[] steps, CodedOrder order, SequentialDecoder[] decoders) {
        this.widthInBlocks = plane.widthInBlocks();
        this.heightInBlocks = plane.heightInBlocks();
        this.steps = steps;
        this.order = order;
        this.decoders = decoders;
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
        return shared() || order.rowsInMcu() % rows == 0;
    }

    @Override
    public boolean shared() {
        return decoders[0].holdsAll();
    }

    @Override
    public int[] steps() {
        return steps;
    }

    @Override
    public int dc(int x, int y) {
        SequentialDecoder decoder = decoder(y);
        return Coefficient.value(decoder.coefficients()[decoder.start(order.position(x, y))]);
    }

    @Override
    public void read(int x, int y, int limit, Block into) {
        SequentialDecoder decoder = decoder(y);
        int position = order.position(x, y);
        int end = decoder.start(position + 1);
        while (Coefficient.index(decoder.coefficients()[end - 1]) > limit) {
            end--;
        }
        into.set(decoder.coefficients(), decoder.start(position), end);
    }

    @Override
    public void read(int y, LowestCoefficients into) {
        into.clear();
        SequentialDecoder decoder = decoder(y);
        int[] coefficients = decoder.coefficients();
        float[] values = into.values();
        int[] positions = into.positions();
        float[] factors = into.factors();
        int unwanted = Coefficient.of(into.limit() + 1, 0);
        for (int x = 0; x < widthInBlocks; x++) {
            int at = x * into.size();
            int position = order.position(x, y);
            int end = decoder.start(position + 1);
            for (int i = decoder.start(position); i < end && coefficients[i] < unwanted; i++) {
                int k = Coefficient.index(coefficients[i]);
                values[at + positions[k]] = Coefficient.value(coefficients[i]) * factors[k];
            }
        }
    }

    /** The one that has decoded a block row. */
    private SequentialDecoder decoder(int y) {
        int row = order.mcuRow(y);
        SequentialDecoder decoder = decoders[row];
        decoder.decodeTo(row);
        return decoder;
    }
}
