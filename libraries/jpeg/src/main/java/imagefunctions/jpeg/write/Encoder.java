package imagefunctions.jpeg.write;

import imagefunctions.jpeg.format.Cores;
import imagefunctions.jpeg.format.HuffmanTable;
import imagefunctions.jpeg.format.StandardTables;
import imagefunctions.jpeg.samples.BlockRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Encodes components with the standard Huffman tables, or with optimised ones. */
public final class Encoder {
    private final JpegWriter writer = new JpegWriter();

    /**
     * A component; the first is luma.
     *
     * @param copier codes the same blocks faster, with tables of its own, where that is possible
     */
    public record Part(
            int horizontal,
            int vertical,
            BlockRows rows,
            @Nullable BlockCoder copier) {}

    /**
     * Encodes a picture.
     *
     * @param parts gives the components, each time with rows and copiers of their own
     */
    public byte[] encode(int width, int height, Supplier<List<Part>> parts, boolean optimised, Cores cores) {
        Supplier<List<JpegWriter.Part>> coded =
                optimised ? optimised(width, height, parts) : () -> standard(parts.get());
        return writer.write(width, height, coded, cores);
    }

    private static List<JpegWriter.Part> standard(List<Part> parts) {
        List<JpegWriter.Part> coded = new ArrayList<>();
        for (Part part : parts) {
            boolean luma = coded.isEmpty();
            BlockCoder copier = part.copier();
            coded.add(
                    copier == null
                            ? coded(part, StandardTables.dc(luma), StandardTables.ac(luma))
                            : new JpegWriter.Part(part.horizontal(), part.vertical(), copier));
        }
        return coded;
    }

    /** A first pass counts symbols, separately for luma and chroma. */
    private static Supplier<List<JpegWriter.Part>> optimised(int width, int height, Supplier<List<Part>> source) {
        List<Part> parts = source.get();
        SymbolCounts[] counts = {new SymbolCounts(), new SymbolCounts()};
        for (int c = 0; c < parts.size(); c++) {
            count(counts[Math.min(c, 1)], parts.get(c), width, height, parts);
        }
        int tables = Math.min(parts.size(), counts.length);
        HuffmanTable[] dc = new HuffmanTable[tables];
        HuffmanTable[] ac = new HuffmanTable[tables];
        for (int table = 0; table < tables; table++) {
            dc[table] = counts[table].dcTable();
            ac[table] = counts[table].acTable();
        }
        // The rows that were counted are there to be read again.
        AtomicReference<@Nullable List<Part>> counted = new AtomicReference<>(parts);
        return () -> {
            List<JpegWriter.Part> coded = new ArrayList<>();
            for (Part part : Objects.requireNonNullElseGet(counted.getAndSet(null), source)) {
                int table = Math.min(coded.size(), 1);
                coded.add(coded(part, dc[table], ac[table]));
            }
            return coded;
        };
    }

    private static JpegWriter.Part coded(Part part, HuffmanTable dc, HuffmanTable ac) {
        return new JpegWriter.Part(
                part.horizontal(), part.vertical(), new HuffmanCoder(part.rows(), part.vertical(), dc, ac));
    }

    private static void count(SymbolCounts counts, Part part, int width, int height, List<Part> parts) {
        if (parts.size() == 1) {
            counts.add(
                    part.rows(), 1, 1, part.rows().widthInBlocks(), part.rows().heightInBlocks());
            return;
        }
        int maxHorizontal = parts.stream().mapToInt(Part::horizontal).max().orElse(1);
        int maxVertical = parts.stream().mapToInt(Part::vertical).max().orElse(1);
        counts.add(
                part.rows(),
                part.horizontal(),
                part.vertical(),
                Math.ceilDiv(width, 8 * maxHorizontal),
                Math.ceilDiv(height, 8 * maxVertical));
    }
}
