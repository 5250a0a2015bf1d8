package imagefunctions.jpeg.scan;

import imagefunctions.jpeg.entropy.EntropyData;
import imagefunctions.jpeg.entropy.HuffmanLookup;
import imagefunctions.jpeg.format.Component;
import imagefunctions.jpeg.format.Cores;
import imagefunctions.jpeg.format.DamagedJpegException;
import imagefunctions.jpeg.format.Frame;
import imagefunctions.jpeg.format.JpegFile;
import imagefunctions.jpeg.format.Scan;
import imagefunctions.jpeg.format.ScanReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads the coefficients that are needed from a file's scans, and skips the rest. */
public final class CoefficientReader {
    /**
     * A block has at least a DC code and an end of block in a sequential scan, and a DC code or bit in a progressive
     * one.
     */
    private static final int SEQUENTIAL_BITS = 2;

    private static final int PROGRESSIVE_BITS = 1;

    /** Blocks whose decoding takes long beside starting a thread. */
    private static final int BLOCKS_OF_A_CORE = 30_000;

    private final List<EntropyData> buffers = new ArrayList<>();
    private final List<SequentialDecoder.Buffers> decoders = new ArrayList<>();

    /** A sequential scan, and the number of those read before. */
    private record Sequential(
            Frame frame, ScanReader scans, Scan scan, McuLayout layout, EntropyData data, int number) {
        ScanTables huffman() {
            return new ScanTables(scans, scan, frame.components().size());
        }

        /** Its components that are to be read into an array and have not been before. */
        int[] wanted(@Nullable BlockSource[] into) {
            return scan.parts().stream()
                    .mapToInt(Scan.Part::component)
                    .filter(c -> c < into.length && into[c] == null)
                    .toArray();
        }
    }

    /**
     * What one pass over a file has read.
     *
     * @param whole whether it is certain that the file is: without an EOI marker, scans that were skipped may not be
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    private record Pass(BlockSource[] sources, boolean whole) {}

    /** Reads the blocks of a sequential scan's components. */
    private interface SequentialRead {
        void read(Sequential scan, @Nullable BlockSource[] into);
    }

    /** Reads blocks that are decoded on demand; those of the file read before become invalid. */
    public BlockSource[] read(JpegFile file, boolean luma, boolean dcOnly, Cores cores) {
        return read(file, luma, dcOnly, (scan, into) -> index(scan, 0, into, cores));
    }

    /**
     * The same for copying coded blocks with the signs of some coefficients flipped.
     *
     * @param negated the zig-zag indices of these coefficients, one bit each
     */
    public BlockSource[] read(JpegFile file, boolean luma, long negated, Cores cores) {
        return read(file, luma, false, (scan, into) -> index(scan, negated, into, cores));
    }

    /**
     * The same where all coefficients of all blocks are needed, so that no index is.
     *
     * @param inOrder whether block rows are read from the top down, and those of all components in step
     */
    public BlockSource[] decode(JpegFile file, boolean luma, boolean inOrder, Cores cores) {
        return decode(file, luma, inOrder, (component, steps) -> 0, cores);
    }

    /** The same without small AC coefficients that are not needed; blocks may have them nevertheless. */
    public BlockSource[] decode(JpegFile file, boolean luma, boolean inOrder, Discarded discarded, Cores cores) {
        return read(file, luma, false, (scan, into) -> decode(scan, inOrder, discarded, into, cores));
    }

    /** Which AC coefficients are not needed. */
    public interface Discarded {
        /** The bits that their values have at most, by the steps that a component is quantised with, in zig-zag order. */
        int bits(int component, int[] steps);
    }

    private BlockSource[] read(JpegFile file, boolean luma, boolean dcOnly, SequentialRead sequential) {
        Pass pass = pass(file, luma, dcOnly, sequential);
        if (pass.whole()) {
            return pass.sources();
        }
        pass(file, false, false, (scan, into) -> index(scan, 0, into, Cores.ONE));
        return pass(file, luma, dcOnly, sequential).sources();
    }

    private Pass pass(JpegFile file, boolean luma, boolean dcOnly, SequentialRead sequential) {
        Frame frame = file.frame();
        @Nullable
        BlockSource[] blocks = new BlockSource[luma ? 1 : frame.components().size()];
        ScanReader scans = file.scans();
        Scan scan = file.firstScan();
        int used = 0;
        boolean skipped = false;
        Set<Integer> seen = new HashSet<>();
        while (scan != null) {
            int end;
            if (skippable(frame, scan, blocks, dcOnly)) {
                skipped = true;
                end = EntropyData.end(file.bytes(), scan.dataOffset());
            } else {
                int number = frame.progressive() ? 0 : used++;
                EntropyData data = buffer(number);
                end = data.read(file.bytes(), scan.dataOffset());
                McuLayout layout = McuLayout.of(frame, scan);
                checkIntervals(data, scan, layout);
                if (frame.progressive()) {
                    progressive(frame, scans, scan, layout, data, blocks, dcOnly);
                } else {
                    checkLength(data, layout, SEQUENTIAL_BITS);
                    sequential.read(new Sequential(frame, scans, scan, layout, data, number), blocks);
                }
            }
            scan.parts().forEach(part -> seen.add(part.component()));
            boolean done =
                    !frame.progressive() && seen.size() == frame.components().size();
            // Behind the last scan, only whether nothing is missing of those that were skipped.
            Scan next = done && !skipped ? null : scans.next(end);
            scan = done ? null : next;
        }
        BlockSource[] sources = complete(blocks);
        if (!scans.ended() && Arrays.stream(sources).anyMatch(CoefficientReader::unfinished)) {
            throw new DamagedJpegException("The file ends before its last scan.");
        }
        return new Pass(sources, scans.ended() || !skipped);
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

    /**
     * Whether a file has a number of bytes in its first scan or, if it is progressive, in all; other data of the file do
     * not count.
     */
    public static boolean holds(JpegFile file, long bytes) {
        Scan scan = file.firstScan();
        if (file.bytes().length - scan.dataOffset() < bytes) {
            return false;
        }
        ScanReader scans = file.scans();
        long held = 0;
        while (scan != null && held < bytes) {
            int end = EntropyData.end(file.bytes(), scan.dataOffset());
            held += end - scan.dataOffset();
            scan = file.frame().progressive() ? scans.next(end) : null;
        }
        return held >= bytes;
    }

    /**
     * Frees buffers that only an unusually large picture needs, or one that several cores have worked on; its blocks
     * become invalid.
     */
    public void release() {
        if (decoders.size() > Frame.MAX_COMPONENTS) {
            decoders.subList(Frame.MAX_COMPONENTS, decoders.size()).clear();
        }
        buffers.forEach(EntropyData::release);
        decoders.forEach(SequentialDecoder.Buffers::release);
    }

    private EntropyData buffer(int number) {
        while (buffers.size() <= number) {
            buffers.add(new EntropyData());
        }
        return buffers.get(number);
    }

    private SequentialDecoder.Buffers decoder(int number) {
        while (decoders.size() <= number) {
            decoders.add(new SequentialDecoder.Buffers());
        }
        return decoders.get(number);
    }

    /** Buffers for the parts of a scan. */
    private List<SequentialDecoder.Buffers> buffers(int number, int parts) {
        return IntStream.range(0, parts)
                .mapToObj(part -> decoder(number + part * Frame.MAX_COMPONENTS))
                .toList();
    }

    /** Whether a scan has nothing that is needed or, in a sequential file, nothing new. */
    private static boolean skippable(Frame frame, Scan scan, @Nullable BlockSource[] blocks, boolean dcOnly) {
        return (dcOnly && scan.spectralStart() > 0)
                || scan.parts().stream()
                        .mapToInt(Scan.Part::component)
                        .noneMatch(c -> c < blocks.length && (frame.progressive() || blocks[c] == null));
    }

    private static void checkIntervals(EntropyData data, Scan scan, McuLayout layout) {
        long mcus = (long) layout.widthInMcus() * layout.heightInMcus();
        int interval = scan.restartInterval();
        long needed = interval == 0 ? 1 : (mcus + interval - 1) / interval;
        if (data.segments() < needed || (interval == 0 && data.segments() > 1)) {
            throw new DamagedJpegException(
                    "The scan has " + data.segments() + " restart intervals where " + needed + " belong.");
        }
    }

    /** Rejects a scan that is too short for its blocks, before memory is allocated for them. */
    private static void checkLength(EntropyData data, McuLayout layout, int bits) {
        long blocks = (long) layout.widthInMcus() * layout.heightInMcus() * layout.blocks();
        if (8L * data.length() < bits * blocks) {
            throw new DamagedJpegException(
                    "The scan has " + data.length() + " bytes, too few for its " + blocks + " blocks.");
        }
    }

    private static void index(Sequential scan, long negated, @Nullable BlockSource[] into, Cores cores) {
        ScanTables huffman = scan.huffman();
        BlockIndex index = find(scan, huffman, negated, cores);
        int[] wanted = scan.wanted(into);
        @Nullable SequentialBlocks[] blocks = sumUp(scan, huffman, index, wanted, cores);
        for (int c : wanted) {
            into[c] = blocks[c];
        }
    }

    private static BlockIndex find(Sequential scan, ScanTables huffman, long negated, Cores cores) {
        return BlockScanner.find(
                scan.data(), scan.layout(), huffman, scan.scan().restartInterval(), negated, cores);
    }

    /** The blocks of some components. */
    private static @Nullable SequentialBlocks[] sumUp(
            Sequential scan, ScanTables huffman, BlockIndex index, int[] wanted, Cores cores) {
        @Nullable
        SequentialBlocks[] blocks =
                new SequentialBlocks[scan.frame().components().size()];
        List<SequentialBlocks> all = new ArrayList<>();
        for (int c : wanted) {
            SequentialBlocks of = new SequentialBlocks(
                    scan.frame(),
                    c,
                    scan.scans().quantisation(c),
                    scan.data(),
                    index,
                    scan.layout(),
                    huffman,
                    scan.scan().restartInterval());
            blocks[c] = of;
            all.add(of);
        }
        if (!all.isEmpty()) {
            SequentialBlocks.sumUp(all, cores);
        }
        return blocks;
    }

    private void decode(
            Sequential scan, boolean inOrder, Discarded discarded, @Nullable BlockSource[] into, Cores cores) {
        List<Component> components = scan.frame().components();
        ScanTables huffman = scan.huffman();
        boolean[] wanted = new boolean[components.size()];
        int[] without = new int[wanted.length];
        int[] which = scan.wanted(into);
        for (int c : which) {
            wanted[c] = true;
            without[c] = discarded.bits(c, scan.scans().quantisation(c));
        }
        SequentialDecoder decoder = new SequentialDecoder(
                decoder(scan.number()),
                scan.data(),
                scan.layout(),
                huffman,
                wanted,
                without,
                scan.scan().restartInterval(),
                inOrder);
        int rows = scan.layout().heightInMcus();
        int parts = Math.min(rows, cores.parts(scan.layout().count(), BLOCKS_OF_A_CORE));
        SequentialDecoder[] decoders = new SequentialDecoder[rows];
        if (parts > 1) {
            BlockIndex index = find(scan, huffman, 0, cores);
            @Nullable SequentialBlocks[] sums = sumUp(scan, huffman, index, which, cores);
            decoders = decoder.split(buffers(scan.number(), parts), index, sums, cores);
        } else {
            decoder.decodeIfAll();
            Arrays.fill(decoders, decoder);
        }
        for (int c : which) {
            CodedOrder order = new CodedOrder(components.get(c), c, scan.layout());
            into[c] = new DecodedBlocks(components.get(c), scan.scans().quantisation(c), order, decoders);
        }
    }

    private static void progressive(
            Frame frame,
            ScanReader scans,
            Scan scan,
            McuLayout layout,
            EntropyData data,
            @Nullable BlockSource[] into,
            boolean dcOnly) {
        int components = frame.components().size();
        ProgressiveBlocks[] blocks = new ProgressiveBlocks[components];
        HuffmanLookup[] lookups = new HuffmanLookup[components];
        for (Scan.Part part : scan.parts()) {
            int c = part.component();
            BlockSource known = c < into.length ? into[c] : null;
            if (known instanceof ProgressiveBlocks source) {
                blocks[c] = source;
            } else if (scan.spectralStart() == 0 && scan.approximationHigh() == 0) {
                checkLength(data, layout, PROGRESSIVE_BITS);
                boolean unwanted = c >= into.length;
                blocks[c] = new ProgressiveBlocks(frame.components().get(c), scans.quantisation(c), dcOnly || unwanted);
            } else if (c < into.length) {
                throw new DamagedJpegException("A scan refines coefficients that no scan has brought.");
            } else {
                blocks[c] = new ProgressiveBlocks(frame.components().get(c), scans.quantisation(c), true);
            }
            if (c < into.length) {
                into[c] = blocks[c];
            }
            if (scan.spectralStart() > 0) {
                lookups[c] = HuffmanLookup.of(scans.acTable(part.acTable()));
            } else if (scan.approximationHigh() == 0) {
                lookups[c] = HuffmanLookup.of(scans.dcTable(part.dcTable()));
            }
        }
        new ProgressiveDecoder(scan, layout, data, blocks, lookups).decode();
        for (Scan.Part part : scan.parts()) {
            blocks[part.component()].record(scan);
        }
    }
}
