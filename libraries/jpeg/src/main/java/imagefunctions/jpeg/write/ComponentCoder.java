package imagefunctions.jpeg.write;

import imagefunctions.jpeg.entropy.BitWriter;
import imagefunctions.jpeg.format.HuffmanTable;

/** A component of a scan: DC prediction, and the blocks that pad the last MCUs. */
final class ComponentCoder {
    private final BlockCoder coder;
    private final int across;
    private final int down;
    private final int widthInBlocks;
    private final int heightInBlocks;
    private final int[] dcCodes;
    private final HuffmanTable acTable;
    private int prediction;

    ComponentCoder(BlockCoder coder, int across, int down) {
        this.coder = coder;
        this.across = across;
        this.down = down;
        this.widthInBlocks = coder.widthInBlocks();
        this.heightInBlocks = coder.heightInBlocks();
        this.dcCodes = coder.dcTable().packedCodes();
        this.acTable = coder.acTable();
    }

    void prepare(int mcuRow) {
        coder.prepare(mcuRow * down, down);
    }

    /** Begins with an MCU row as if those above it had been coded: with the DC coefficient of their last block. */
    void begin(int mcuRow) {
        if (mcuRow > 0) {
            prepare(mcuRow - 1);
            prediction = coder.dc(widthInBlocks - 1, mcuRow * down - 1);
        }
    }

    /** Codes the component's blocks of an MCU. */
    void codeMcu(int mcu, int mcuRow, BitWriter writer) {
        for (int v = 0; v < down; v++) {
            for (int h = 0; h < across; h++) {
                code(mcu * across + h, mcuRow * down + v, writer);
            }
        }
    }

    private void code(int x, int y, BitWriter writer) {
        writer.ensureRoom();
        boolean filling = x >= widthInBlocks || y >= heightInBlocks;
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
            writer.putNumber(number, bits);
            writer.putNumber(acTable.code(0), acTable.length(0));
        } else {
            coder.code(number << (64 - bits), bits, writer);
        }
    }
}
