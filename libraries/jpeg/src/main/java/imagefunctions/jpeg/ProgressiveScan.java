package imagefunctions.jpeg;

/** Decodes one scan of a progressive file into its components' coefficients (ITU-T T.81, G.1.2 and G.2). */
final class ProgressiveScan {
    /** Bits that a refill makes available. */
    private static final int REFILLED = 56;

    private final Scan scan;
    private final McuPlan plan;
    private final EntropyData data;
    private final ProgressiveBlocks[] into;
    private final HuffmanTable[] tables;
    private final int[][] dcSymbols;
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
        this.dcSymbols = new int[into.length][];
        if (scan.first() == 0 && scan.high() == 0) {
            for (Scan.Part part : scan.parts()) {
                dcSymbols[part.component()] = tables[part.component()].fast().dcSymbols();
            }
        }
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
        checkPlace(place.bitOffset());
    }

    private void checkPlace(int bit) {
        if (bit > data.limit()) {
            throw new DamagedJpegException("The entropy-coded data end too early.");
        }
    }

    /** The blocks' first bits of their DC coefficients (G.1.2.1), for MCUs of a row. */
    private void firstDc(int row, int from, int to) {
        BitCursor local = new BitCursor(cursor);
        int[] places = places(row, from);
        int[] component = plan.component();
        for (int mcu = from; mcu < to; mcu++) {
            checkPlace(local);
            for (int i = 0; i < places.length; i++) {
                int c = component[i];
                local.refill();
                int symbol = dcSymbols[c][local.peek(FastTables.SYMBOL_BITS)];
                if (symbol == 0) {
                    symbol = PlainBlocks.dcSymbol(local.word(), tables[c]);
                }
                predictions[c] += BitCursor.value(local.word(), symbol);
                local.skip(symbol);
                into[c].setDc(places[i], predictions[c] << scan.low());
                places[i] += plan.stepAcross()[c];
            }
        }
        cursor.set(local);
    }

    /** One more bit of each: nothing is coded, so that each stands as far from the first as its block. */
    private void refineDc(int row, int from, int to) {
        int[] places = places(row, from);
        int[] component = plan.component();
        int bit = cursor.bitOffset();
        int end = bit + (to - from) * places.length;
        checkPlace(end);
        byte[] bytes = data.data();
        while (bit < end) {
            for (int i = 0; i < places.length; i++) {
                int c = component[i];
                into[c].refineDc(places[i], (bytes[bit >>> 3] >> (~bit & 7) & 1) << scan.low());
                places[i] += plan.stepAcross()[c];
                bit++;
            }
        }
        cursor.seekBit(bytes, bit);
    }

    /** Where the blocks of an MCU lie among their components'. */
    private int[] places(int row, int mcu) {
        int[] places = new int[plan.blocks()];
        for (int i = 0; i < places.length; i++) {
            int c = plan.component()[i];
            int x = mcu * plan.stepAcross()[c] + plan.across()[i];
            int y = row * plan.stepDown()[c] + plan.down()[i];
            places[i] = into[c].index(x, y);
        }
        return places;
    }

    /** A band of AC coefficients of the one component that such a scan has. */
    private void bands(int row, int from, int to) {
        int c = plan.component()[0];
        if (scan.high() == 0) {
            firstAc(into[c], into[c].index(from, row), to - from, tables[c]);
        } else {
            refineAc(into[c], into[c].index(from, row), to - from, tables[c]);
        }
    }

    /** The first pass over a band (G.1.2.2), of so many blocks. */
    private void firstAc(ProgressiveBlocks blocks, int from, int count, HuffmanTable table) {
        BitCursor local = new BitCursor(cursor);
        int[] codes = table.fast().codes();
        int last = scan.last();
        int block = from;
        while (block < from + count) {
            if (endOfBandRun > 0) {
                int skipped = Math.min(endOfBandRun, from + count - block);
                endOfBandRun -= skipped;
                block += skipped;
                continue;
            }
            checkPlace(local);
            int k = scan.first() - 1;
            while (k < last) {
                local.refill();
                int decoded = code(local.word(), codes, table);
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
            block++;
        }
        cursor.set(local);
    }

    /**
     * A later pass, which gives one more bit to each coefficient of a band (G.1.2.3), of so many blocks.
     *
     * <p>`rest` is what has not been passed yet of the band, and `target` the coefficient that a run of zeros leads to: of
     * those without a history, the one behind the run, which {@link Long#expand} picks out.
     */
    private void refineAc(ProgressiveBlocks blocks, int from, int count, HuffmanTable table) {
        BitCursor local = new BitCursor(cursor);
        int[] codes = table.fast().codes();
        long band = -1L << scan.first() & -1L >>> (63 - scan.last());
        for (int block = from; block < from + count; block++) {
            checkPlace(local);
            long history = blocks.mask(block);
            long rest = band;
            while (endOfBandRun == 0 && rest != 0) {
                local.refill();
                int decoded = code(local.word(), codes, table);
                local.skip(decoded >> 8);
                int run = decoded >> 4 & 15;
                int size = decoded & 15;
                if (size > 1) {
                    throw new DamagedJpegException("A refining scan sets a coefficient to more than one bit.");
                }
                if (size == 0 && run < 15) {
                    endOfBandRun = (1 << run) + local.take(run);
                    break;
                }
                int sign = local.take(size);
                long target = Long.expand(1L << run, rest & ~history);
                correct(local, blocks, block, history & rest & (target - 1));
                if (size == 1) {
                    if (target == 0) {
                        throw overrun();
                    }
                    blocks.set(block, Long.numberOfTrailingZeros(target), (sign == 0 ? -1 : 1) << scan.low());
                }
                rest &= -(target << 1);
            }
            if (endOfBandRun > 0) {
                correct(local, blocks, block, history & rest);
                endOfBandRun--;
            }
        }
        cursor.set(local);
    }

    /** Reads a bit for each of the coefficients, and adds one to the magnitude of those for which it is set. */
    private void correct(BitCursor local, ProgressiveBlocks blocks, int block, long coefficients) {
        long left = coefficients;
        while (left != 0) {
            long some = Long.bitCount(left) <= REFILLED ? left : left & 0xFFFFFFFFL;
            local.refill();
            long larger = Long.expand(Long.reverse(local.word()), some);
            local.skip(Long.bitCount(some));
            blocks.enlarge(block, larger, 1 << scan.low());
            left ^= some;
        }
    }

    private static int code(long word, int[] codes, HuffmanTable table) {
        int known = codes[(int) (word >>> (64 - FastTables.SYMBOL_BITS))];
        int decoded = known != 0 ? known : table.decode(word);
        if (decoded < 0) {
            throw new DamagedJpegException("The entropy-coded data hold an AC code that there is not.");
        }
        return decoded;
    }

    private static DamagedJpegException overrun() {
        return new DamagedJpegException("The entropy-coded data hold more coefficients than the band has.");
    }
}
