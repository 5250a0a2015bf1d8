package imagefunctions.imaging.jpeg;

/** Decodes one scan of a progressive file into its components' coefficients (ITU-T T.81, G.1.2 and G.2). */
final class ProgressiveScan {
    private final Scan scan;
    private final McuPlan plan;
    private final EntropyData data;
    private final ProgressiveBlocks[] into;
    private final HuffmanTable[] tables;
    private final int[] predictions;
    private final BitCursor cursor = new BitCursor();
    private int endOfBandRun;

    /** Decodes into the blocks of each component; the table of a component is its DC or its AC table. */
    ProgressiveScan(Scan scan, McuPlan plan, EntropyData data, ProgressiveBlocks[] into, HuffmanTable[] tables) {
        this.scan = scan;
        this.plan = plan;
        this.data = data;
        this.into = into;
        this.tables = tables;
        this.predictions = new int[into.length];
    }

    void decode() {
        int interval = scan.restartInterval() == 0 ? Integer.MAX_VALUE : scan.restartInterval();
        int left = 0;
        int segment = -1;
        for (int row = 0; row < plan.high(); row++) {
            for (int from = 0; from < plan.wide(); ) {
                if (left == 0) {
                    checkEnd(segment);
                    restart(++segment);
                    left = interval;
                }
                int to = Math.min(plan.wide(), from + Math.min(left, plan.wide()));
                if (scan.first() > 0) {
                    bands(row, from, to);
                } else if (scan.high() == 0) {
                    firstDc(row, from, to);
                } else {
                    refineDc(row, from, to);
                }
                left -= to - from;
                from = to;
            }
        }
        checkEnd(segment);
    }

    private void restart(int segment) {
        cursor.seek(data.data(), data.segmentStart(segment));
        java.util.Arrays.fill(predictions, 0);
        endOfBandRun = 0;
    }

    private void checkEnd(int segment) {
        if (segment >= 0 && cursor.bitOffset() > data.segmentEnd(segment) << 3) {
            throw new DamagedJpegException("The entropy-coded data end too early.");
        }
    }

    private void checkPlace(BitCursor place) {
        if (place.bitOffset() > data.limit()) {
            throw new DamagedJpegException("The entropy-coded data end too early.");
        }
    }

    /** The blocks' first bits of their DC coefficients (G.1.2.1), for MCUs of a row. */
    private void firstDc(int row, int from, int to) {
        BitCursor local = new BitCursor(cursor);
        for (int mcu = from; mcu < to; mcu++) {
            checkPlace(local);
            for (int i = 0; i < plan.blocks(); i++) {
                int c = plan.component()[i];
                local.refill();
                int symbol = tables[c].fast().dcSymbols()[local.peek(FastTables.SYMBOL_BITS)];
                if (symbol == 0) {
                    symbol = PlainBlocks.dcSymbol(local.word(), tables[c]);
                }
                predictions[c] += BitCursor.value(local.word(), symbol);
                local.skip(symbol);
                into[c].setDc(block(row, mcu, i), predictions[c] << scan.low());
            }
        }
        cursor.set(local);
    }

    /** One more bit of each. */
    private void refineDc(int row, int from, int to) {
        BitCursor local = new BitCursor(cursor);
        for (int mcu = from; mcu < to; mcu++) {
            checkPlace(local);
            for (int i = 0; i < plan.blocks(); i++) {
                ProgressiveBlocks blocks = into[plan.component()[i]];
                int block = block(row, mcu, i);
                local.refill();
                blocks.setDc(block, blocks.get(block, 0) | local.take(1) << scan.low());
            }
        }
        cursor.set(local);
    }

    private int block(int row, int mcu, int i) {
        int c = plan.component()[i];
        int x = mcu * plan.stepAcross()[c] + plan.across()[i];
        int y = row * plan.stepDown()[c] + plan.down()[i];
        return into[c].index(x, y);
    }

    /** A band of AC coefficients of the one component that such a scan has. */
    private void bands(int row, int from, int to) {
        int c = plan.component()[0];
        for (int x = from; x < to; x++) {
            checkPlace(cursor);
            int block = into[c].index(x, row);
            if (scan.high() == 0) {
                firstAc(into[c], block, tables[c]);
            } else {
                refineAc(into[c], block, tables[c]);
            }
        }
    }

    /** The first pass over a band (G.1.2.2). */
    private void firstAc(ProgressiveBlocks blocks, int block, HuffmanTable table) {
        if (endOfBandRun > 0) {
            endOfBandRun--;
            return;
        }
        BitCursor local = new BitCursor(cursor);
        int last = scan.last();
        int k = scan.first() - 1;
        while (k < last) {
            local.refill();
            int decoded = code(local.word(), table);
            local.skip(decoded >> 8);
            int run = decoded >> 4 & 15;
            int size = decoded & 15;
            if (size == 0 && run < 15) {
                endOfBandRun = (1 << run) + local.take(run) - 1;
                break;
            }
            k += size == 0 ? 16 : run + 1;
            int value = BitCursor.value(local.word(), size << 6 | size);
            local.skip(size);
            if (k > last) {
                throw overrun();
            }
            if (size > 0) {
                blocks.set(block, k, value << scan.low());
            }
        }
        cursor.set(local);
    }

    /** A later pass, which gives one more bit to each coefficient of a band (G.1.2.3). */
    private void refineAc(ProgressiveBlocks blocks, int block, HuffmanTable table) {
        int k = scan.first();
        if (endOfBandRun == 0) {
            while (k <= scan.last()) {
                cursor.refill();
                int symbol = symbol(table);
                int run = symbol >> 4;
                int size = symbol & 15;
                if (size > 1) {
                    throw new DamagedJpegException("A refining scan sets a coefficient to more than one bit.");
                }
                if (size == 0 && run < 15) {
                    endOfBandRun = (1 << run) + cursor.take(run);
                    break;
                }
                int sign = size == 0 ? 0 : cursor.take(1);
                k = refineRun(blocks, block, k, run);
                if (size == 1) {
                    if (k > scan.last()) {
                        throw overrun();
                    }
                    blocks.set(block, k, (sign == 0 ? -1 : 1) << scan.low());
                }
                k++;
            }
        }
        if (endOfBandRun > 0) {
            refineRun(blocks, block, k, 64);
            endOfBandRun--;
        }
    }

    /**
     * Corrects the coefficients that have a history, from one on, until so many others have been passed; returns the next
     * one without a history, or the one behind the band.
     */
    private int refineRun(ProgressiveBlocks blocks, int block, int from, int zeros) {
        long band = -1L >>> (63 - scan.last());
        long history = from > 63 ? 0 : blocks.mask(block) & band & -1L << from;
        int bit = 1 << scan.low();
        int left = zeros;
        int k = from;
        while (history != 0) {
            int next = Long.numberOfTrailingZeros(history);
            if (left < next - k) {
                return k + left;
            }
            left -= next - k;
            k = next + 1;
            history &= history - 1;
            cursor.refill();
            if (cursor.take(1) != 0) {
                int value = blocks.get(block, next);
                if ((value & bit) == 0) {
                    blocks.set(block, next, value + (value < 0 ? -bit : bit));
                }
            }
        }
        return Math.min(k + left, scan.last() + 1);
    }

    private int symbol(HuffmanTable table) {
        int decoded = code(cursor.word(), table);
        cursor.skip(decoded >> 8);
        return decoded & 0xFF;
    }

    private static int code(long word, HuffmanTable table) {
        int decoded = table.fast().code(word);
        if (decoded < 0) {
            throw new DamagedJpegException("The entropy-coded data hold an AC code that there is not.");
        }
        return decoded;
    }

    private static DamagedJpegException overrun() {
        return new DamagedJpegException("The entropy-coded data hold more coefficients than the band has.");
    }
}
