package imagefunctions.jpeg.write;

import imagefunctions.jpeg.format.CoefficientRange;
import imagefunctions.jpeg.format.HuffmanTable;
import imagefunctions.jpeg.format.Interruption;
import imagefunctions.jpeg.samples.BlockRow;
import imagefunctions.jpeg.samples.BlockRows;

/** Counts the Huffman symbols of a component in coded order. */
final class SymbolCounts {
    private final int[] dc = new int[256];
    private final int[] ac = new int[256];

    /** Counts the symbols that {@link ComponentCoder} and {@link HuffmanCoder} would write. */
    void add(BlockRows rows, int across, int down, int widthInMcus, int heightInMcus) {
        BlockRow[] ready = new BlockRow[down];
        for (int i = 0; i < down; i++) {
            ready[i] = rows.row();
        }
        int prediction = 0;
        for (int row = 0; row < heightInMcus; row++) {
            Interruption.check();
            for (int v = 0; v < down && row * down + v < rows.heightInBlocks(); v++) {
                rows.read(row * down + v, ready[v]);
            }
            for (int mcu = 0; mcu < widthInMcus; mcu++) {
                for (int i = 0; i < across * down; i++) {
                    int x = mcu * across + i % across;
                    int v = i / across;
                    if (x >= rows.widthInBlocks() || row * down + v >= rows.heightInBlocks()) {
                        dc[0]++;
                        ac[0]++;
                        continue;
                    }
                    int value = HuffmanCoder.dc(ready[v], x);
                    dc[32 - Integer.numberOfLeadingZeros(Math.abs(value - prediction))]++;
                    prediction = value;
                    addAc(ready[v], x);
                }
            }
        }
    }

    private void addAc(BlockRow row, int x) {
        int last = 0;
        for (long left = row.mask(x) & ~1L; left != 0; left &= left - 1) {
            int k = Long.numberOfTrailingZeros(left);
            int run = k - last - 1;
            last = k;
            ac[0xF0] += run >> 4;
            int magnitude = Math.min(Math.abs(row.value(x, k)), CoefficientRange.MAX_AC);
            ac[(run & 15) << 4 | 32 - Integer.numberOfLeadingZeros(magnitude)]++;
        }
        ac[0] += last < 63 ? 1 : 0;
    }

    HuffmanTable dcTable() {
        return OptimalTable.of(dc);
    }

    HuffmanTable acTable() {
        return OptimalTable.of(ac);
    }
}
