package imagefunctions.jpeg.reference;

import imagefunctions.jpeg.entropy.EntropyData;
import imagefunctions.jpeg.format.Component;
import imagefunctions.jpeg.format.DamagedJpegException;
import imagefunctions.jpeg.format.Frame;
import imagefunctions.jpeg.format.HuffmanTable;
import imagefunctions.jpeg.format.JpegFile;
import imagefunctions.jpeg.format.Marker;
import imagefunctions.jpeg.format.Scan;
import imagefunctions.jpeg.format.ScanReader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Reads all coefficients of a file as ITU-T T.81 writes it down in F.2.2 and G.1.2, bit by bit, with nothing of the
 * engine's but its header reader: the slow twin that the fast paths are compared with.
 */
final class SlowDecoder {
    private final Map<HuffmanTable, Map<Integer, Integer>> codes = new HashMap<>();
    private final byte[] bytes;
    private int at;
    private int bits;
    private int current;
    private int endOfBandRun;

    private SlowDecoder(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Coefficients by component, block in padded raster order, and zig-zag index. */
    static int[][][] decode(byte[] bytes) {
        JpegFile file = JpegFile.parse(bytes);
        Frame frame = file.frame();
        int[][][] planes = new int[frame.components().size()][][];
        for (int c = 0; c < planes.length; c++) {
            planes[c] = new int[frame.components().get(c).paddedBlocks()][64];
        }
        SlowDecoder decoder = new SlowDecoder(bytes);
        ScanReader scans = file.scans();
        Set<Integer> seen = new HashSet<>();
        Scan scan = file.firstScan();
        while (true) {
            decoder.scan(frame, scans, scan, planes);
            for (Scan.Part part : scan.parts()) {
                seen.add(part.component());
            }
            if (seen.size() == planes.length && !frame.progressive()) {
                break;
            }
            scan = scans.next(EntropyData.end(bytes, scan.dataOffset()));
            if (scan == null && seen.size() == planes.length) {
                break;
            }
            if (scan == null) {
                throw new DamagedJpegException("A component is missing.");
            }
        }
        return planes;
    }

    private void scan(Frame frame, ScanReader scans, Scan scan, int[][][] planes) {
        at = scan.dataOffset();
        bits = 0;
        endOfBandRun = 0;
        int[] predictions = new int[planes.length];
        boolean alone = scan.parts().size() == 1;
        Component only = frame.components().get(scan.parts().getFirst().component());
        int wide = alone ? only.widthInBlocks() : frame.widthInMcus();
        int high = alone ? only.heightInBlocks() : frame.heightInMcus();
        for (int mcu = 0; mcu < wide * high; mcu++) {
            if (scan.restartInterval() > 0 && mcu > 0 && mcu % scan.restartInterval() == 0) {
                restart(mcu / scan.restartInterval() - 1);
                java.util.Arrays.fill(predictions, 0);
                endOfBandRun = 0;
            }
            for (Scan.Part part : scan.parts()) {
                int c = part.component();
                Component plane = frame.components().get(c);
                int h = alone ? 1 : plane.horizontal();
                int v = alone ? 1 : plane.vertical();
                for (int i = 0; i < h * v; i++) {
                    int x = mcu % wide * h + i % h;
                    int y = mcu / wide * v + i / h;
                    int[] block = planes[c][y * plane.paddedWidthInBlocks() + x];
                    if (scan.spectralStart() > 0) {
                        band(scan, block, scans.acTable(part.acTable()));
                    } else if (scan.approximationHigh() > 0) {
                        block[0] |= bit() << scan.approximationLow();
                    } else {
                        predictions[c] += difference(scans.dcTable(part.dcTable()));
                        block[0] = (short) (predictions[c] << scan.approximationLow());
                        if (!frame.progressive()) {
                            block(block, scans.acTable(part.acTable()));
                        }
                    }
                }
            }
        }
        pad(true);
    }

    private int difference(HuffmanTable dc) {
        int category = symbol(dc);
        if (category > 11) {
            throw new DamagedJpegException("Such a DC category there is not.");
        }
        return extend(receive(category), category);
    }

    private void block(int[] block, HuffmanTable ac) {
        int k = 1;
        while (k < 64) {
            int symbol = symbol(ac);
            int run = symbol >> 4;
            int size = symbol & 15;
            if (size == 0 && run == 0) {
                return;
            }
            if (size == 0 && run != 15) {
                throw new DamagedJpegException("Such an AC symbol there is not.");
            }
            k += run;
            int value = extend(receive(size), size);
            if (k > 63) {
                throw new DamagedJpegException("The block is too long.");
            }
            block[k++] = value;
        }
    }

    /**
     * A band of a block: the coefficients of a first scan, or one more bit of those that have a history (G.1.2.2,
     * G.1.2.3).
     */
    private void band(Scan scan, int[] block, HuffmanTable ac) {
        int k = scan.spectralStart();
        while (endOfBandRun == 0 && k <= scan.spectralEnd()) {
            int symbol = symbol(ac);
            int run = symbol >> 4;
            int size = symbol & 15;
            if (size == 0 && run < 15) {
                endOfBandRun = (1 << run) + receive(run);
            } else if (scan.approximationHigh() == 0) {
                k += run;
                int value = extend(receive(size), size);
                put(scan, block, k++, value << scan.approximationLow());
            } else if (size > 1) {
                throw new DamagedJpegException("Such a refinement there is not.");
            } else {
                int value = size == 0 ? 0 : bit() == 0 ? -1 : 1;
                for (; k <= scan.spectralEnd() && (block[k] != 0 || run-- > 0); k++) {
                    refine(scan, block, k);
                }
                if (size > 0) {
                    put(scan, block, k, value << scan.approximationLow());
                }
                k++;
            }
        }
        if (endOfBandRun > 0) {
            for (; k <= scan.spectralEnd() && scan.approximationHigh() > 0; k++) {
                refine(scan, block, k);
            }
            endOfBandRun--;
        }
    }

    private static void put(Scan scan, int[] block, int k, int value) {
        if (k > scan.spectralEnd()) {
            throw new DamagedJpegException("The band is too long.");
        }
        block[k] = (short) value;
    }

    private void refine(Scan scan, int[] block, int k) {
        int bit = 1 << scan.approximationLow();
        if (block[k] != 0 && bit() == 1 && (block[k] & bit) == 0) {
            block[k] = (short) (block[k] + (block[k] < 0 ? -bit : bit));
        }
    }

    private int symbol(HuffmanTable table) {
        Map<Integer, Integer> symbols = codes.computeIfAbsent(table, SlowDecoder::symbolsByCode);
        int code = 1;
        for (int length = 1; length <= 16; length++) {
            code = code << 1 | bit();
            Integer symbol = symbols.get(code);
            if (symbol != null) {
                return symbol;
            }
        }
        throw new DamagedJpegException("Such a code there is not.");
    }

    /** Symbols by their codes with a one in front (annex C). */
    private static Map<Integer, Integer> symbolsByCode(HuffmanTable table) {
        Map<Integer, Integer> symbols = new HashMap<>();
        byte[] definition = table.definition();
        int at = 16;
        int code = 0;
        for (int length = 1; length <= 16; length++, code <<= 1) {
            for (int i = 0; i < (definition[length - 1] & 0xFF); i++) {
                symbols.put(1 << length | code++, definition[at++] & 0xFF);
            }
        }
        return symbols;
    }

    private int receive(int size) {
        int value = 0;
        for (int i = 0; i < size; i++) {
            value = value << 1 | bit();
        }
        return value;
    }

    private static int extend(int value, int size) {
        return size > 0 && value < 1 << (size - 1) ? value - (1 << size) + 1 : value;
    }

    private int bit() {
        if (bits == 0) {
            current = next();
            bits = 8;
        }
        bits--;
        return current >> bits & 1;
    }

    private int next() {
        while (at + 1 < bytes.length && bytes[at] == -1 && bytes[at + 1] == -1) {
            at++;
        }
        if (at >= bytes.length || (bytes[at] == -1 && (at + 1 == bytes.length || bytes[at + 1] != 0))) {
            throw new DamagedJpegException("The data end too early.");
        }
        int value = bytes[at] & 0xFF;
        at += value == 0xFF ? 2 : 1;
        return value;
    }

    /** Passes over padding up to the next marker, which may be zeros, and at the end restart markers. */
    private void pad(boolean last) {
        bits = 0;
        while (at < bytes.length) {
            boolean marker = bytes[at] == -1 && (at + 1 == bytes.length || bytes[at + 1] != 0);
            boolean fill = marker && at + 1 < bytes.length && bytes[at + 1] == -1;
            if (marker && !fill) {
                boolean restart = at + 1 < bytes.length && Marker.isRestart(bytes[at + 1] & 0xFF);
                if (!last || !restart) {
                    return;
                }
                at++;
            } else if (!fill && bytes[at] != 0) {
                throw new DamagedJpegException("The data go on.");
            }
            at++;
        }
    }

    private void restart(int number) {
        pad(false);
        if (at + 1 >= bytes.length || (bytes[at + 1] & 0xFF) != Marker.RST0 + (number & 7)) {
            throw new DamagedJpegException("A restart marker is missing.");
        }
        at += 2;
        bits = 0;
    }
}
