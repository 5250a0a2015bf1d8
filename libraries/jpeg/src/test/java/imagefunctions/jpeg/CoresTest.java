package imagefunctions.jpeg;

import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.jpeg.format.Cores;
import imagefunctions.jpeg.format.JpegException;
import imagefunctions.jpeg.format.JpegFile;
import imagefunctions.jpeg.format.Support;
import imagefunctions.jpeg.format.Transform;
import imagefunctions.jpeg.reference.Corpus;
import imagefunctions.jpeg.write.RandomJpeg;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CoresTest {
    private static final List<JpegEdit> EDITS = List.of(
            JpegEdit.NONE.greyed(),
            JpegEdit.NONE.greyed().withQuality(75),
            JpegEdit.NONE.greyed().reduced(8),
            JpegEdit.NONE.greyed().reduced(2),
            JpegEdit.NONE.resized(50, 30),
            JpegEdit.NONE.resized(20, 15).transformed(Transform.ROTATE_90_CW),
            JpegEdit.NONE.transformed(Transform.ROTATE_180),
            JpegEdit.NONE.transformed(Transform.ROTATE_180).withQuality(60),
            JpegEdit.NONE.transformed(Transform.FLIP_HORIZONTAL).withQuality(60).withOptimisedTables(),
            JpegEdit.NONE.transformed(Transform.FLIP_VERTICAL).withOptimisedTables(),
            JpegEdit.NONE.transformed(Transform.TRANSPOSE),
            JpegEdit.NONE.transformed(Transform.ROTATE_270_CW).withQuality(75));

    private final JpegEngine one = new JpegEngine();
    private final JpegEngine several = new JpegEngine();

    /** Splits all that can be split, however small, at places that depend on the number of parts. */
    private record Forced(int free) implements Cores {
        @Override
        public int parts(int size, int smallest) {
            return Math.clamp(size, 1, free);
        }

        @Override
        public void all(int parts, IntConsumer part) {
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<? extends Future<?>> all = IntStream.range(0, parts)
                        .mapToObj(i -> threads.submit(() -> part.accept(i)))
                        .toList();
                for (Future<?> each : all) {
                    each.get();
                }
            } catch (ExecutionException e) {
                throw (RuntimeException) e.getCause();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("imagefunctions.jpeg.reference.Corpus#decodable")
    void aPictureIsTheSameOnAnyNumberOfCores(String name) {
        JpegFile file = Corpus.file(name);
        if (file.support() instanceof Support.Unsupported) {
            return;
        }
        for (JpegEdit edit : EDITS) {
            byte[] expected = one.edit(file, edit);
            for (int cores = 2; cores <= 9; cores++) {
                assertThat(Arrays.equals(several.edit(file, edit, new Forced(cores)), expected))
                        .as("%s on %d", edit, cores)
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 100})
    void randomTablesAndBlocksAreTheSameToo(int restartInterval) {
        for (int seed = 0; seed < 6; seed++) {
            JpegFile file = JpegFile.parse(RandomJpeg.make(seed, restartInterval));
            for (JpegEdit edit : EDITS) {
                byte[] expected = one.edit(file, edit);
                for (int cores = 2; cores <= 11; cores += 3) {
                    assertThat(Arrays.equals(several.edit(file, edit, new Forced(cores)), expected))
                            .as("%d, %s on %d", seed, edit, cores)
                            .isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"odd-420", "aligned-444", "restart-420", "noise", "scans-420", "odd-420-progressive"})
    void aDamagedFileIsRefusedInTheSameWords(String name) {
        Random random = new Random(name.hashCode());
        byte[] sound = Corpus.bytes(name + ".jpg");
        int start = Corpus.file(name).firstScan().dataOffset();
        for (int i = 0; i < 60; i++) {
            byte[] damaged = i % 4 == 0 ? Arrays.copyOf(sound, random.nextInt(start, sound.length)) : sound.clone();
            for (int flips = random.nextInt(3); flips >= 0; flips--) {
                damaged[random.nextInt(start, damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            JpegEdit edit = EDITS.get(i % EDITS.size());
            Forced cores = new Forced(random.nextInt(2, 8));
            assertThat(outcome(damaged, edit, cores)).as("%d", i).isEqualTo(outcome(damaged, edit, Cores.ONE));
        }
    }

    /** The bytes, or the error and its words. */
    private Object outcome(byte[] bytes, JpegEdit edit, Cores cores) {
        try {
            return Arrays.hashCode((cores == Cores.ONE ? one : several).edit(JpegFile.parse(bytes), edit, cores));
        } catch (JpegException e) {
            return e.getClass() + ": " + e.getMessage();
        }
    }
}
