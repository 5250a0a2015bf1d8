package imagefunctions.webp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import imagefunctions.webp.format.WebpException;
import imagefunctions.webp.format.WebpFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A damaged file is refused, or has the pixels that libwebp gives; what libwebp refuses has its own. */
final class DamagedWebpTest {
    private static final int PLACES = 40;
    private static final Path SAMPLES = Path.of("..", "..", "samples", "fixtures");

    /** A damaged file, and in words where it is damaged. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Damage(byte[] file, String where) {}

    @BeforeAll
    static void needLibwebp() throws Exception {
        assumeTrue(
                Libwebp.callable(),
                "python3 and libwebp (Debian's package webp) are not installed: nothing to compare with.");
    }

    static Stream<Path> files() {
        return Stream.concat(
                Fixtures.all().stream().map(fixture -> Fixtures.path(fixture.name())),
                Stream.of("alpha.webp", "lossless.webp", "lossy.webp").map(SAMPLES::resolve));
    }

    @ParameterizedTest
    @MethodSource("files")
    void noPixelsAreMadeUp(Path path, @TempDir Path folder) throws Exception {
        byte[] whole = Files.readAllBytes(path);
        Random random = new Random(whole.length);
        List<Damage> files = new ArrayList<>();
        for (int place = 0; place < PLACES; place++) {
            int length = whole.length * place / PLACES;
            files.add(new Damage(Arrays.copyOf(whole, length), "cut at " + length));
            files.add(stuffed(whole, random));
            files.add(changed(whole, random));
        }
        for (int cut = 0; cut < Cuts.COUNT; cut++) {
            files.add(new Damage(Cuts.mended(whole, cut), "mended cut " + cut));
        }
        List<Optional<byte[]>> words =
                Libwebp.call(files.stream().map(Damage::file).toList(), folder);
        byte[] unharmed = decoded(whole).orElseThrow();

        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            Optional<byte[]> ours = decoded(files.get(i).file());
            byte[] right = words.get(i).orElse(unharmed);
            if (ours.isPresent() && !Arrays.equals(ours.get(), right)) {
                wrong.add(files.get(i).where() + (words.get(i).isPresent() ? "" : ", refused by libwebp"));
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** One to three bytes more, and at every second place as many fewer at the end, so that lengths are as stated. */
    private static Damage stuffed(byte[] whole, Random random) {
        byte[] stray = new byte[random.nextInt(1, 4)];
        random.nextBytes(stray);
        int at = random.nextInt(2, whole.length);
        byte[] stuffed = ByteBuffer.allocate(whole.length + stray.length)
                .put(whole, 0, at)
                .put(stray)
                .put(whole, at, whole.length - at)
                .array();
        boolean sameLength = random.nextBoolean();
        return new Damage(
                sameLength ? Arrays.copyOf(stuffed, whole.length) : stuffed,
                Arrays.toString(stray) + " stray at " + at + (sameLength ? ", the end lost" : ""));
    }

    private static Damage changed(byte[] whole, Random random) {
        byte[] changed = whole.clone();
        int at = random.nextInt(whole.length);
        changed[at] = (byte) random.nextInt();
        return new Damage(changed, changed[at] + " instead of " + whole[at] + " at " + at);
    }

    /** As libwebp gives them: the size, then red, green, blue and alpha of each pixel. */
    private static byte[] rgba(WebpPixels pixels) {
        byte[] pam = Pam.of(pixels);
        int size = 4 * pixels.width() * pixels.height();
        return ByteBuffer.allocate(8 + size)
                .putInt(pixels.width())
                .putInt(pixels.height())
                .put(pam, pam.length - size, size)
                .array();
    }

    private static Optional<byte[]> decoded(byte[] file) {
        try {
            return Optional.of(rgba(WebpPixels.decode(WebpFile.parse(file), 100_000)));
        } catch (WebpException e) {
            return Optional.empty();
        }
    }
}
