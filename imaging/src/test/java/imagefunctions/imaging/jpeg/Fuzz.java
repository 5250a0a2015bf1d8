package imagefunctions.imaging.jpeg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Feeds the engine damaged files for a given time: `Fuzz SECONDS [CORPUS-FOLDER [SEED]]`.
 *
 * <p>Files of the corpus are changed where it hurts: bytes, bits, whole numbers of the header, markers, tables, segments
 * moved, doubled, cut out, halves of two files put together. What the engine may do with them is edit them or throw a
 * {@link JpegException}, within ten seconds and a bound of bytes allocated. A file that makes it do anything else is kept
 * beside the corpus, and ends the run with status 1.
 */
public final class Fuzz {
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final long PIXELS = 4_000_000;

    /** Bytes that an edit may allocate: so many for each pixel that the limit allows, and for each byte of the file. */
    private static final long ALLOCATION = 1 << 20;

    private static final int PER_PIXEL = 16;
    private static final int PER_BYTE = 64;

    private static final List<JpegEdit> EDITS = List.of(
            JpegEdit.NONE.greyed().reduced(8),
            JpegEdit.NONE.greyed(),
            JpegEdit.NONE.resized(20, 15),
            JpegEdit.NONE.turned(Turn.ROTATE_180),
            JpegEdit.NONE.turned(Turn.ROTATE_90).withQuality(60),
            JpegEdit.NONE.turned(Turn.FLIP_LEFT_RIGHT).withOptimisedTables(),
            JpegEdit.NONE.greyed().reduced(2),
            JpegEdit.NONE.turned(Turn.FLIP_TOP_BOTTOM),
            JpegEdit.NONE.turned(Turn.TRANSVERSE).withQuality(90),
            JpegEdit.NONE.turned(Turn.ROTATE_90).greyed(),
            JpegEdit.NONE.greyed().withQuality(75));

    private final Random random;
    private final List<byte[]> corpus;
    private final JpegEngine engine = new JpegEngine();
    private volatile byte[] current = new byte[0];
    private volatile long since = Long.MAX_VALUE;
    private long runs;
    private long edited;

    private Fuzz(List<byte[]> corpus, long seed) {
        this.corpus = corpus;
        this.random = new Random(seed);
    }

    public static void main(String[] args) throws IOException {
        long seconds = args.length > 0 ? Long.parseLong(args[0]) : 60;
        Path folder = Path.of(args.length > 1 ? args[1] : "imaging/src/test/resources/jpeg");
        long seed = args.length > 2 ? Long.parseLong(args[2]) : System.nanoTime();
        List<byte[]> corpus = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".jpg")).toList()) {
                corpus.add(Files.readAllBytes(file));
            }
        }
        System.out.println(corpus.size() + " files, seed " + seed + ", " + seconds + " s");
        new Fuzz(corpus, seed).run(Duration.ofSeconds(seconds), folder);
    }

    private void run(Duration time, Path folder) {
        watch(folder);
        long end = System.nanoTime() + time.toNanos();
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        while (System.nanoTime() < end) {
            byte[] file = mutant();
            current = file;
            since = System.nanoTime();
            long before = threads.getCurrentThreadAllocatedBytes();
            try {
                engine.edit(JpegFile.parse(file, new JpegLimits(PIXELS, 30)), EDITS.get(random.nextInt(EDITS.size())));
                edited++;
            } catch (JpegException e) {
                // What damaged files are for.
            } catch (RuntimeException | Error e) {
                e.printStackTrace();
                fail(folder, file, e.toString());
            }
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            if (allocated > ALLOCATION + PER_PIXEL * PIXELS + (long) PER_BYTE * file.length) {
                fail(folder, file, allocated + " bytes allocated");
            }
            since = Long.MAX_VALUE;
            runs++;
        }
        System.out.println(runs + " mutations, " + edited + " edited, the others refused: no other outcome");
    }

    /** Ends the process if an edit takes too long: a hang cannot be caught otherwise. */
    private void watch(Path folder) {
        Thread watch = new Thread(() -> {
            while (true) {
                try {
                    Thread.sleep(100);
                } catch (InterruptedException e) {
                    return;
                }
                long started = since;
                if (started != Long.MAX_VALUE && System.nanoTime() - started > LONGEST.toNanos()) {
                    fail(folder, current, "no end after " + LONGEST);
                }
            }
        });
        watch.setDaemon(true);
        watch.start();
    }

    private static void fail(Path folder, byte[] file, String why) {
        try {
            Path kept = Files.createTempFile(folder, "found-", ".jpg");
            Files.write(kept, file);
            System.err.println(why + ": kept as " + kept);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Runtime.getRuntime().halt(1);
        }
    }

    private byte[] pick() {
        return corpus.get(random.nextInt(corpus.size()));
    }

    private byte[] mutant() {
        byte[] file = pick().clone();
        for (int n = 1 + random.nextInt(4); n > 0 && file.length > 4; n--) {
            file = mutate(file);
        }
        return file;
    }

    private byte[] mutate(byte[] file) {
        int at = random.nextInt(file.length);
        int header = random.nextInt(Math.min(file.length, 700));
        switch (random.nextInt(12)) {
            case 0 -> file[at] = (byte) random.nextInt(256);
            case 1 -> file[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> file[header] = (byte) random.nextInt(256);
            case 3 -> file[header] += (byte) (random.nextInt(5) - 2);
            case 4 -> file[random.nextBoolean() ? at : header] = (byte) (random.nextBoolean() ? 0xFF : 0);
            case 5 -> putMarker(file, at);
            case 6 -> changeSegment(file);
            case 7 -> {
                return Arrays.copyOf(file, at);
            }
            case 8 -> {
                int length = random.nextInt(Math.min(64, file.length - at) + 1);
                return splice(file, at, file, Math.min(file.length, at + length));
            }
            case 9 -> {
                int from = random.nextInt(file.length);
                return splice(file, at, file, from);
            }
            case 10 -> {
                byte[] other = pick();
                return splice(file, at, other, random.nextInt(other.length));
            }
            default -> {
                int length = random.nextInt(Math.min(200, file.length - at) + 1);
                for (int i = at; i < at + length; i++) {
                    file[i] = (byte) random.nextInt(256);
                }
            }
        }
        return file;
    }

    private void putMarker(byte[] file, int at) {
        int[] markers = {0xC0, 0xC1, 0xC2, 0xC4, 0xD0, 0xD3, 0xD8, 0xD9, 0xDA, 0xDB, 0xDD, 0xEE};
        if (at + 1 < file.length) {
            file[at] = -1;
            file[at + 1] = (byte) markers[random.nextInt(markers.length)];
        }
    }

    /** Changes a number within a marker segment: a length, a size, a table's count, a scan's band. */
    private void changeSegment(byte[] file) {
        int start = random.nextInt(file.length);
        for (int i = start; i + 20 < file.length; i++) {
            if (file[i] == -1 && (file[i + 1] & 0xFF) >= 0xC0 && (file[i + 1] & 0xFF) < 0xDE) {
                file[i + 2 + random.nextInt(18)] =
                        (byte) (random.nextBoolean() ? random.nextInt(256) : random.nextInt(4));
                return;
            }
        }
    }

    /** The beginning of one file and the end of another. */
    private static byte[] splice(byte[] first, int end, byte[] second, int from) {
        byte[] both = Arrays.copyOf(first, Math.min(end + second.length - from, 1 << 18));
        System.arraycopy(second, from, both, Math.min(end, both.length), both.length - Math.min(end, both.length));
        return both;
    }
}
