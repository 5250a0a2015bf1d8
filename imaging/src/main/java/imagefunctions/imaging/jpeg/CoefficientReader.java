package imagefunctions.imaging.jpeg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads from a file's scans what is asked for, and jumps over the rest. */
final class CoefficientReader {
    /** A block takes at least a DC code and an end of block in a sequential scan, a DC code or bit in a progressive one. */
    private static final int SEQUENTIAL_BITS = 2;

    private static final int PROGRESSIVE_BITS = 1;

    private final List<EntropyData> buffers = new ArrayList<>();
    private final List<SequentialDecoder> decoders = new ArrayList<>();

    /** Gives back the buffers of the file read before, and with them its blocks. */
    BlockSource[] read(JpegFile file, boolean luma, boolean dcOnly) {
        return read(file, luma, dcOnly, 0, false);
    }

    /**
     * The same for who copies the blocks with the signs of some coefficients changed.
     *
     * @param negated a bit for the zig-zag index of each such coefficient
     */
    BlockSource[] read(JpegFile file, boolean luma, long negated) {
        return read(file, luma, false, negated, false);
    }

    /** The same for who wants all coefficients of all blocks: they are decoded at once, not block by block. */
    BlockSource[] decode(JpegFile file, boolean luma) {
        return read(file, luma, false, 0, true);
    }

    private BlockSource[] read(JpegFile file, boolean luma, boolean dcOnly, long negated, boolean decoded) {
        Frame frame = file.frame();
        int wanted = luma ? 1 : frame.components().size();
        @Nullable BlockSource[] blocks = new BlockSource[wanted];
        HeaderReader header = file.header();
        Scan scan = file.firstScan();
        int used = 0;
        while (scan != null) {
            int end;
            if (skippable(scan, wanted, dcOnly)) {
                end = EntropyData.end(file.bytes(), scan.dataOffset());
            } else {
                int number = frame.progressive() ? 0 : used++;
                EntropyData data = buffer(number);
                end = data.read(file.bytes(), scan.dataOffset());
                McuPlan plan = McuPlan.of(frame, scan);
                checkIntervals(data, scan, plan);
                if (frame.progressive()) {
                    progressive(frame, header, scan, plan, data, blocks, dcOnly);
                } else if (decoded) {
                    decode(frame, header, scan, plan, data, decoder(number), blocks);
                } else {
                    sequential(frame, header, scan, plan, data, negated, blocks);
                }
            }
            boolean done = !frame.progressive() && Arrays.stream(blocks).allMatch(source -> source != null);
            scan = done ? null : header.next(end);
        }
        BlockSource[] sources = complete(blocks);
        if (!header.ended() && Arrays.stream(sources).anyMatch(CoefficientReader::unfinished)) {
            throw new DamagedJpegException("The file ends before its last scan.");
        }
        return sources;
    }

    private static BlockSource[] complete(@Nullable BlockSource[] blocks) {
        BlockSource[] complete = new BlockSource[blocks.length];
        for (int c = 0; c < blocks.length; c++) {
            BlockSource source = blocks[c];
            if (source == null) {
                throw new DamagedJpegException("Component " + c + " has no scan.");
            }
            complete[c] = source;
        }
        return complete;
    }

    private static boolean unfinished(BlockSource source) {
        return source instanceof ProgressiveBlocks blocks && !blocks.finished();
    }

    private EntropyData buffer(int number) {
        while (buffers.size() <= number) {
            buffers.add(new EntropyData());
        }
        return buffers.get(number);
    }

    private SequentialDecoder decoder(int number) {
        while (decoders.size() <= number) {
            decoders.add(new SequentialDecoder());
        }
        return decoders.get(number);
    }

    private static boolean skippable(Scan scan, int wanted, boolean dcOnly) {
        return (dcOnly && scan.first() > 0) || scan.parts().stream().noneMatch(part -> part.component() < wanted);
    }

    private static void checkIntervals(EntropyData data, Scan scan, McuPlan plan) {
        long mcus = (long) plan.wide() * plan.high();
        int interval = scan.restartInterval();
        long needed = interval == 0 ? 1 : (mcus + interval - 1) / interval;
        if (data.segments() < needed || (interval == 0 && data.segments() > 1)) {
            throw new DamagedJpegException(
                    "The scan has " + data.segments() + " restart intervals where " + needed + " belong.");
        }
    }

    /** Refuses a scan whose bytes cannot hold its blocks, before anything is allocated for them. */
    private static void checkLength(EntropyData data, McuPlan plan, int bits) {
        long blocks = (long) plan.wide() * plan.high() * plan.blocks();
        if (8L * data.length() < bits * blocks) {
            throw new DamagedJpegException(
                    "The scan has " + data.length() + " bytes, too few for its " + blocks + " blocks.");
        }
    }

    private static void sequential(
            Frame frame,
            HeaderReader header,
            Scan scan,
            McuPlan plan,
            EntropyData data,
            long negated,
            @Nullable BlockSource[] into) {
        checkLength(data, plan, SEQUENTIAL_BITS);
        PlainBlocks plain = new PlainBlocks(header, scan, frame.components().size());
        BlockIndex index = BlockFinder.find(data, plan, plain, scan.restartInterval(), negated);
        for (Scan.Part part : scan.parts()) {
            int c = part.component();
            if (c < into.length && into[c] == null) {
                into[c] = new SequentialBlocks(
                        frame, c, header.quantisation(c), data, index, plan, plain, scan.restartInterval());
            }
        }
    }

    private static void decode(
            Frame frame,
            HeaderReader header,
            Scan scan,
            McuPlan plan,
            EntropyData data,
            SequentialDecoder decoder,
            @Nullable BlockSource[] into) {
        checkLength(data, plan, SEQUENTIAL_BITS);
        boolean[] wanted = new boolean[frame.components().size()];
        for (Scan.Part part : scan.parts()) {
            int c = part.component();
            if (c < into.length && into[c] == null) {
                CodedOrder order = new CodedOrder(frame.components().get(c), c, plan);
                into[c] = new DecodedBlocks(frame.components().get(c), header.quantisation(c), order, decoder);
                wanted[c] = true;
            }
        }
        decoder.decode(data, plan, new PlainBlocks(header, scan, wanted.length), wanted, scan.restartInterval());
    }

    private static void progressive(
            Frame frame,
            HeaderReader header,
            Scan scan,
            McuPlan plan,
            EntropyData data,
            @Nullable BlockSource[] into,
            boolean dcOnly) {
        int components = frame.components().size();
        ProgressiveBlocks[] blocks = new ProgressiveBlocks[components];
        HuffmanTable[] tables = new HuffmanTable[components];
        for (Scan.Part part : scan.parts()) {
            int c = part.component();
            BlockSource known = c < into.length ? into[c] : null;
            if (known instanceof ProgressiveBlocks source) {
                blocks[c] = source;
            } else if (scan.first() == 0 && scan.high() == 0) {
                checkLength(data, plan, PROGRESSIVE_BITS);
                boolean unwanted = c >= into.length;
                blocks[c] =
                        new ProgressiveBlocks(frame.components().get(c), header.quantisation(c), dcOnly || unwanted);
            } else if (c < into.length) {
                throw new DamagedJpegException("A scan refines coefficients that no scan has brought.");
            } else {
                blocks[c] = new ProgressiveBlocks(frame.components().get(c), header.quantisation(c), true);
            }
            if (c < into.length) {
                into[c] = blocks[c];
            }
            if (scan.first() > 0) {
                tables[c] = header.acTable(part.acTable());
            } else if (scan.high() == 0) {
                tables[c] = header.dcTable(part.dcTable());
            }
        }
        new ProgressiveScan(scan, plan, data, blocks, tables).decode();
        for (Scan.Part part : scan.parts()) {
            blocks[part.component()].note(scan);
        }
    }
}
