package imagefunctions.webp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import imagefunctions.webp.format.DamagedWebpException;
import imagefunctions.webp.format.UnsupportedWebpException;
import imagefunctions.webp.format.WebpException;
import imagefunctions.webp.format.WebpFile;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HostileTest {
    private static final long FEW_MEGABYTES = 4 << 20;
    private static final int MUTATIONS = 400;

    @ParameterizedTest
    @ValueSource(strings = {"canvas-16x16-frame-16383.webp", "lossless-48x36-many-groups.webp"})
    void aSmallFileTakesLittleMemoryWhateverItStates(String name) {
        byte[] file = Fixtures.file(name);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        assertThatThrownBy(() -> WebpPixels.decode(WebpFile.parse(file))).isInstanceOf(DamagedWebpException.class);

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(FEW_MEGABYTES);
    }

    @Test
    void aLossyPictureThatIsTooShortForItsPixelsTakesLittleMemory() {
        byte[] file = Fixtures.file("lossy-usual.webp");
        // The size: 16383 x 16383.
        for (int i = 26; i < 30; i += 2) {
            file[i] = (byte) 0xFF;
            file[i + 1] = 0x3F;
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        assertThatThrownBy(() -> WebpPixels.decode(WebpFile.parse(file), Long.MAX_VALUE))
                .isInstanceOf(DamagedWebpException.class)
                .hasMessageContaining("too short for its pixels");

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(FEW_MEGABYTES);
    }

    @Test
    void aPictureBeyondTheLimitIsNotSupported() {
        WebpFile file = WebpFile.parse(Fixtures.file("lossy-usual.webp"));

        assertThat(WebpPixels.decode(file, 33 * 31).width()).isEqualTo(33);
        assertThatThrownBy(() -> WebpPixels.decode(file, 33 * 31 - 1))
                .isInstanceOf(UnsupportedWebpException.class)
                .hasMessageContaining("33 x 31");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lossy-usual.webp", "lossless-fast.webp", "alpha-raw.webp"})
    void anInterruptedThreadDecodesNoFurther(String name) {
        WebpFile file = WebpFile.parse(Fixtures.file(name));
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> WebpPixels.decode(file)).isInstanceOf(CancellationException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    static List<Fixtures.Fixture> fixtures() {
        return Fixtures.all();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void aCorruptFileGivesPixelsOrATypedError(Fixtures.Fixture fixture) {
        Random random = new Random(fixture.name().hashCode());
        List<String> leaks = new ArrayList<>();
        int refused = 0;
        for (int round = 0; round < MUTATIONS; round++) {
            byte[] broken = broken(fixture.file(), random);
            try {
                WebpPixels.decode(WebpFile.parse(broken), 100_000);
            } catch (WebpException e) {
                refused++;
            } catch (RuntimeException e) {
                leaks.add("round " + round + ": " + e);
            }
        }
        assertThat(leaks).isEmpty();
        assertThat(refused).isPositive();
    }

    private static byte[] broken(byte[] file, Random random) {
        for (int change = random.nextInt(4); change >= 0; change--) {
            // Some at the start, where the headers are.
            int at = random.nextInt(random.nextBoolean() ? Math.min(60, file.length) : file.length);
            file[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : file[at] ^ 1 << random.nextInt(8));
        }
        return file;
    }
}
