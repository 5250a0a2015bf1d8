package imagefunctions.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import imagefunctions.imagetype.ImageType;
import imagefunctions.imaging.codec.PixelLimit;
import imagefunctions.imaging.pixels.Coding;
import java.awt.image.BufferedImage;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterruptionTest {

    private static final int SIDE = 7000;
    private static final int INKED = 4000;
    private static final Map<String, byte[]> LARGE = new HashMap<>();
    private static final Imaging IMAGING = new Imaging(new PixelLimit(PixelLimit.DEFAULT), new IdleCores(2));

    @ParameterizedTest
    @CsvSource({
        "transpose, PNG, 0",
        "transpose, PNG, 500",
        "transpose, PNG, 800",
        "thumbnail, GIF, 200",
        "thumbnail, BMP, 100",
        "bw, TIFF, 300",
        "bw, inks, 500",
        "transpose, JPEG, 100",
        "draft, JPEG, 20",
        "draft?cores=all, JPEG, 20",
        "bw?cores=all, JPEG, 50",
        "transpose?cores=all&method=rotate_90, JPEG, 200",
        "thumbnail?cores=all&width=3000, JPEG, 100",
        "bw?width=4000, JPEG, 300",
        "thumbnail?width=6000, JPEG, 300"
    })
    void aPictureThatNobodyWaitsForIsBrokenOff(String call, String picture, long millisOfWork) throws Exception {
        byte[] file = LARGE.computeIfAbsent(picture, InterruptionTest::large);
        String[] parts = call.split("\\?", 2);
        Recipe recipe = Recipe.named(parts[0]).orElseThrow();
        Map<String, String> query = parts.length == 1 ? Map.of() : Photos.query(parts[1].split("&"));
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        AtomicReference<Throwable> outcome = new AtomicReference<>();
        AtomicLong work = new AtomicLong();
        Thread worker = Thread.ofPlatform().start(() -> {
            try {
                // Again and again, so that none is over before it is broken off.
                while (true) {
                    IMAGING.run(file, recipe.with(query));
                }
            } catch (Throwable e) {
                outcome.set(e);
            } finally {
                work.set(threads.getCurrentThreadCpuTime());
            }
        });
        await().pollInterval(Duration.ofMillis(2))
                .until(() -> !worker.isAlive()
                        || threads.getThreadCpuTime(worker.threadId())
                                > Duration.ofMillis(millisOfWork).toNanos());

        long before = threads.getThreadCpuTime(worker.threadId());
        worker.interrupt();
        worker.join();

        // Of its own time: what else the machine does is not the reader's fault.
        assertThat(Duration.ofNanos(work.get() - before)).isLessThan(Duration.ofSeconds(1));
        assertThat(outcome.get()).isInstanceOf(CancellationException.class);
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("part-")));
    }

    private static byte[] large(String picture) {
        return switch (picture) {
            case "JPEG" -> Photos.jpeg(Photos.gradient(SIDE, SIDE), Coding.quality(90));
            case "GIF" -> Photos.file(new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_INDEXED), ImageType.GIF);
            case "inks" -> inks();
            default -> Photos.file(Photos.gradient(SIDE, SIDE), ImageType.valueOf(picture));
        };
    }

    /** Random ones, since lcms remembers the colour before. */
    private static byte[] inks() {
        byte[] inks = new byte[4 * INKED * INKED];
        new Random(1).nextBytes(inks);
        return CmykTest.tiff(INKED, INKED, inks);
    }
}
