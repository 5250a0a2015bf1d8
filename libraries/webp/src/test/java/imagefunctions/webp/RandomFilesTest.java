package imagefunctions.webp;

import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.webp.format.WebpFile;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class RandomFilesTest {
    private static final long FILES = 60;

    /** In these, coefficients exceed the 16 bits in which dwebp computes; what it makes of them depends on the processor. */
    private static final Set<Long> BEYOND_RANGE = Set.of(17L, 19L, 39L);

    /** With the checksum of all that dwebp makes of the files. */
    static Stream<Arguments> kinds() {
        return Stream.of(
                Arguments.of("lossy", (LongFunction<byte[]>) RandomLossy::file, "ae52c7c7"),
                Arguments.of("lossless", (LongFunction<byte[]>) RandomLossless::file, "410314f8"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void filesThatNoEncoderWritesGiveThePixelsThatDwebpGives(String kind, LongFunction<byte[]> files, String checksum) {
        ByteArrayOutputStream pams = new ByteArrayOutputStream();
        seeds().forEach(seed -> pams.writeBytes(decoded(files.apply(seed))));

        assertThat(Pam.checksum(pams.toByteArray())).isEqualTo(checksum);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void theRecordsAreDwebpsWords(String kind, LongFunction<byte[]> files, String checksum, @TempDir Path folder)
            throws Exception {
        Libwebp.assumeInstalled();
        ByteArrayOutputStream pams = new ByteArrayOutputStream();
        for (long seed : seeds().toArray()) {
            byte[] file = files.apply(seed);
            byte[] pam = Libwebp.decode(file, folder).orElseThrow();
            assertThat(decoded(file)).as("seed %d", seed).isEqualTo(pam);
            pams.writeBytes(pam);
        }
        assertThat(Pam.checksum(pams.toByteArray())).isEqualTo(checksum);
    }

    private static LongStream seeds() {
        return LongStream.range(0, FILES).filter(seed -> !BEYOND_RANGE.contains(seed));
    }

    private static byte[] decoded(byte[] file) {
        return Pam.of(WebpPixels.decode(WebpFile.parse(file)));
    }
}
