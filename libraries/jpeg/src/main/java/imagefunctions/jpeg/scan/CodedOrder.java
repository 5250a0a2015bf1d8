package imagefunctions.jpeg.scan;

import imagefunctions.jpeg.format.Component;

/** The position of a component's blocks in the coded order of a scan (ITU-T T.81, A.2). */
final class CodedOrder {
    private final int[] columns;
    private final int[] rows;
    private final int[] mcuRows;
    private final int rowsInMcu;

    CodedOrder(Component plane, int component, McuLayout layout) {
        int first = layout.first(component);
        int across = layout.stepAcross()[component];
        int down = layout.stepDown()[component];
        this.rowsInMcu = down;
        this.columns = new int[plane.widthInBlocks()];
        for (int x = 0; x < columns.length; x++) {
            columns[x] = x / across * layout.blocks() + first + x % across;
        }
        this.rows = new int[plane.heightInBlocks()];
        this.mcuRows = new int[rows.length];
        for (int y = 0; y < rows.length; y++) {
            mcuRows[y] = y / down;
            rows[y] = y / down * layout.widthInMcus() * layout.blocks() + y % down * across;
        }
    }

    /** The block's position in coded order. */
    int position(int x, int y) {
        return columns[x] + rows[y];
    }

    /** The MCU row of a block row. */
    int mcuRow(int y) {
        return mcuRows[y];
    }

    int rowsInMcu() {
        return rowsInMcu;
    }
}
