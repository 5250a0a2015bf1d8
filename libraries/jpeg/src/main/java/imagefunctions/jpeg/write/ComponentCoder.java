package imagefunctions.jpeg.write;

import imagefunctions.jpeg.entropy.BitWriter;
import imagefunctions.jpeg.format.HuffmanTable;

/** A component's part in a scan: its DC prediction, and the blocks that fill its last MCUs. */
final class ComponentCoder {
    private final BlockCoder coder;
    private final int across;
    private final int down;
    private final int wide;
    private final int high;
    private final int[] dcCodes;
    private final HuffmanTable acTable;
    private int prediction;

    ComponentCoder(BlockCoder coder, int across, int down) {
        this.coder = coder;
        this.across = across;
        this.down = down;
        this.wide = coder.widthInBlocks();
        this.high = coder.heightInBlocks();
        this.dcCodes = coder.dcTable().packedCodes();
        this.acTable = coder.acTable();
    }

    void prepare(int mcuRow) {
        coder.prepare(mcuRow * down, down);
    }

    /** Codes the component's blocks of an MCU. */
    void codeMcu(int mcu, int mcuRow, BitWriter sink) {
        for (int v = 0; v < down; v++) {
            for (int h = 0; h < across; h++) {
                code(mcu * across + h, mcuRow * down + v, sink);
            }
        }
    }

    private void code(int x, int y, BitWriter sink) {
        sink.ensureRoom();
        boolean filling = x >= wide || y >= high;
        int dc = filling ? prediction : coder.dc(x, y);
        int difference = dc - prediction;
        prediction = dc;
        int sign = difference >> 31;
        int magnitude = (difference ^ sign) - sign;
        int size = 32 - Integer.numberOfLeadingZeros(magnitude);
        int code = dcCodes[size];
        int bits = (code & 31) + size;
        long number = (long) (code >>> 5) << size | ((magnitude ^ sign) & (1 << size) - 1);
        if (filling) {
            sink.putNumber(number, bits);
            sink.putNumber(acTable.code(0), acTable.length(0));
        } else {
            coder.code(x, y, number << (64 - bits), bits, sink);
        }
    }
}
