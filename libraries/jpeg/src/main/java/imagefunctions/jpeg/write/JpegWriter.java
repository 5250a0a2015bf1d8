package imagefunctions.jpeg.write;

import imagefunctions.jpeg.entropy.BitWriter;
import imagefunctions.jpeg.format.Bytes;
import imagefunctions.jpeg.format.Cores;
import imagefunctions.jpeg.format.HuffmanTable;
import imagefunctions.jpeg.format.Interruption;
import imagefunctions.jpeg.format.Marker;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Writes a sequential JPEG file: its header and one interleaved scan (ITU-T T.81, annexes B and F). */
public final class JpegWriter {
    private static final byte[] JFIF = {'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0};
    private static final int BASELINE_TABLES = 2;

    /** Blocks whose coding takes long beside starting a thread. */
    private static final int BLOCKS_OF_A_CORE = 30_000;

    private static final int CAPACITY = 1 << 16;

    private final BitWriter writer = new BitWriter(CAPACITY);

    /** A component: its sampling factors, and the coder of its blocks. */
    public record Part(int horizontal, int vertical, BlockCoder coder) {}

    /** Writes a picture on one core. */
    public byte[] write(int width, int height, List<Part> parts) {
        return write(width, height, () -> parts, Cores.ONE);
    }

    /**
     * Writes a picture in bands of MCU rows.
     *
     * @param coders gives the parts, for each band with coders of its own
     */
    public byte[] write(int width, int height, Supplier<List<Part>> coders, Cores cores) {
        List<Part> parts = coders.get();
        boolean alone = parts.size() == 1;
        int across = alone ? 1 : parts.stream().mapToInt(Part::horizontal).max().orElse(1);
        int down = alone ? 1 : parts.stream().mapToInt(Part::vertical).max().orElse(1);
        int rows = Math.ceilDiv(height, 8 * down);
        int columns = Math.ceilDiv(width, 8 * across);
        int inMcu = alone
                ? 1
                : parts.stream()
                        .mapToInt(part -> part.horizontal() * part.vertical())
                        .sum();
        BitWriter[] bands = new BitWriter[Math.min(rows, cores.parts(rows * columns * inMcu, BLOCKS_OF_A_CORE))];
        cores.bands(bands.length, rows, (band, from, end) -> {
            bands[band] = band == 0 ? writer : new BitWriter(CAPACITY);
            bands[band].clear();
            code(coders(band == 0 ? parts : coders.get()), from, end, columns, bands[band]);
        });
        for (int band = 1; band < bands.length; band++) {
            writer.append(bands[band]);
        }
        writer.close();
        return finish(header(width, height, parts), writer.bytes(), writer.length());
    }

    private static List<ComponentCoder> coders(List<Part> parts) {
        boolean alone = parts.size() == 1;
        return parts.stream()
                .map(part ->
                        new ComponentCoder(part.coder(), alone ? 1 : part.horizontal(), alone ? 1 : part.vertical()))
                .toList();
    }

    private static void code(List<ComponentCoder> coders, int from, int end, int columns, BitWriter into) {
        coders.forEach(coder -> coder.begin(from));
        for (int y = from; y < end; y++) {
            Interruption.check();
            for (ComponentCoder coder : coders) {
                coder.prepare(y);
            }
            for (int x = 0; x < columns; x++) {
                for (ComponentCoder coder : coders) {
                    coder.codeMcu(x, y, into);
                }
            }
        }
    }

    private static byte[] header(int width, int height, List<Part> parts) {
        List<int[]> quantisation = new ArrayList<>();
        List<HuffmanTable> dc = new ArrayList<>();
        List<HuffmanTable> ac = new ArrayList<>();
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        ByteArrayOutputStream scan = new ByteArrayOutputStream();
        frame.write(8);
        u16(frame, height);
        u16(frame, width);
        frame.write(parts.size());
        scan.write(parts.size());
        for (int c = 0; c < parts.size(); c++) {
            Part part = parts.get(c);
            frame.write(c + 1);
            frame.write(parts.size() == 1 ? 0x11 : part.horizontal() << 4 | part.vertical());
            frame.write(number(quantisation, part.coder().steps()));
            scan.write(c + 1);
            scan.write(number(dc, part.coder().dcTable()) << 4
                    | number(ac, part.coder().acTable()));
        }
        scan.write(0);
        scan.write(63);
        scan.write(0);
        boolean wide = quantisation.stream().anyMatch(JpegWriter::wide);
        boolean baseline = !wide && Math.max(dc.size(), ac.size()) <= BASELINE_TABLES;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        u16(out, 0xFF00 | Marker.SOI);
        segment(out, Marker.APP0, JFIF);
        for (int i = 0; i < quantisation.size(); i++) {
            segment(out, Marker.DQT, quantisationTable(quantisation.get(i), i));
        }
        segment(out, baseline ? Marker.SOF0 : Marker.SOF1, frame.toByteArray());
        huffmanTables(out, dc, 0);
        huffmanTables(out, ac, 1);
        segment(out, Marker.SOS, scan.toByteArray());
        return out.toByteArray();
    }

    private static int number(List<int[]> tables, int[] table) {
        for (int i = 0; i < tables.size(); i++) {
            if (Arrays.equals(tables.get(i), table)) {
                return i;
            }
        }
        tables.add(table);
        return tables.size() - 1;
    }

    private static int number(List<HuffmanTable> tables, HuffmanTable table) {
        if (!tables.contains(table)) {
            tables.add(table);
        }
        return tables.indexOf(table);
    }

    private static boolean wide(int[] steps) {
        return Arrays.stream(steps).anyMatch(step -> step > 255);
    }

    private static byte[] quantisationTable(int[] steps, int number) {
        boolean wide = wide(steps);
        ByteArrayOutputStream table = new ByteArrayOutputStream();
        table.write((wide ? 1 : 0) << 4 | number);
        for (int step : steps) {
            if (wide) {
                u16(table, step);
            } else {
                table.write(step);
            }
        }
        return table.toByteArray();
    }

    private static void huffmanTables(ByteArrayOutputStream out, List<HuffmanTable> tables, int tableClass) {
        for (int i = 0; i < tables.size(); i++) {
            ByteArrayOutputStream table = new ByteArrayOutputStream();
            table.write(tableClass << 4 | i);
            table.writeBytes(tables.get(i).definition());
            segment(out, Marker.DHT, table.toByteArray());
        }
    }

    private static void segment(ByteArrayOutputStream out, int marker, byte[] payload) {
        u16(out, 0xFF00 | marker);
        u16(out, payload.length + 2);
        out.writeBytes(payload);
    }

    private static void u16(ByteArrayOutputStream out, int value) {
        out.write(value >> 8);
        out.write(value);
    }

    /** Joins the header, the entropy-coded data with a zero after each 0xFF (B.1.1.5), and the EOI marker. */
    private static byte[] finish(byte[] header, byte[] entropy, int length) {
        byte[] file = new byte[header.length + length + countFf(entropy, length) + 2];
        System.arraycopy(header, 0, file, 0, header.length);
        int to = header.length;
        int at = 0;
        while (at < length) {
            int plain = 1;
            boolean ff = entropy[at] == -1;
            if (at + 8 <= length && to + 8 <= file.length) {
                long eight = Bytes.getLong(entropy, at);
                long where = Bytes.whereFf(eight);
                Bytes.putLong(file, to, eight);
                ff = where != 0;
                plain = ff ? (Long.numberOfLeadingZeros(where) >>> 3) + 1 : 8;
            } else {
                file[to] = entropy[at];
            }
            at += plain;
            to += plain;
            if (ff) {
                file[to++] = 0;
            }
        }
        file[to] = -1;
        file[to + 1] = (byte) Marker.EOI;
        return file;
    }

    private static int countFf(byte[] bytes, int length) {
        int count = 0;
        int at = 0;
        for (; at + 8 <= length; at += 8) {
            count += Long.bitCount(Bytes.whereFf(Bytes.getLong(bytes, at)));
        }
        for (; at < length; at++) {
            count += bytes[at] == -1 ? 1 : 0;
        }
        return count;
    }
}
