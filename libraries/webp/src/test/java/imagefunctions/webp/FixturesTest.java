package imagefunctions.webp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imagefunctions.webp.Fixtures.Fixture;
import imagefunctions.webp.format.DamagedWebpException;
import imagefunctions.webp.format.WebpException;
import imagefunctions.webp.format.WebpFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class FixturesTest {

    static List<Fixture> fixtures() {
        return Fixtures.all();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void aFileGivesThePixelsThatDwebpGives(Fixture fixture) {
        assertThat(Pam.checksum(decoded(fixture.file()).orElseThrow())).isEqualTo(fixture.checksum());
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void aFileThatIsCutShortIsRefused(Fixture fixture) {
        for (int cut = 0; cut < Cuts.COUNT; cut++) {
            byte[] rest = Cuts.raw(fixture.file(), cut);
            if (rest.length < fixture.file().length - 1 || !fixture.padded()) {
                assertThatThrownBy(() -> WebpFile.parse(rest)).isInstanceOf(DamagedWebpException.class);
            }
        }
    }

    /** Where a cut leaves an odd length, dwebp takes the padding byte for data: there, and only there, it reads more. */
    @ParameterizedTest
    @MethodSource("fixtures")
    void aFileThatLacksPixelsIsRefusedAsDwebpRefusesIt(Fixture fixture) {
        for (int cut = 0; cut < Cuts.COUNT; cut++) {
            Optional<byte[]> pam = decoded(Cuts.mended(fixture.file(), cut));
            pam.ifPresent(pixels -> assertThat(Pam.checksum(pixels)).isEqualTo(fixture.checksum()));
            boolean padded = Cuts.raw(fixture.file(), cut).length % 2 == 1;
            if (pam.isPresent() || !padded) {
                assertThat(pam.isPresent() ? '1' : '0')
                        .as("cut %d", cut)
                        .isEqualTo(fixture.cuts().charAt(cut));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void theRecordsAreDwebpsWords(Fixture fixture, @TempDir Path folder) throws Exception {
        Libwebp.assumeInstalled();
        List<byte[]> files = new ArrayList<>(List.of(fixture.file()));
        for (int cut = 0; cut < Cuts.COUNT; cut++) {
            files.add(Cuts.mended(fixture.file(), cut));
        }
        List<Optional<byte[]>> words = Libwebp.decode(files, folder);
        String cuts =
                words.stream().skip(1).map(word -> word.isPresent() ? "1" : "0").collect(Collectors.joining());
        assertThat(List.of(Pam.checksum(words.getFirst().orElseThrow()), cuts))
                .isEqualTo(List.of(fixture.checksum(), fixture.cuts()));
    }

    /** The version tells how later frames are predicted, and the scaling what a player may do: neither changes pixels. */
    @ParameterizedTest
    @MethodSource("fixtures")
    void versionAndScalingOfALossyPictureDoNotMatter(Fixture fixture) {
        byte[] file = fixture.file();
        int start = 20;
        if (file[15] != ' ') {
            return;
        }
        for (int version = 0; version < 4; version++) {
            byte[] other = Arrays.copyOf(file, file.length);
            other[start] = (byte) ((other[start] & ~0x0E) | version << 1);
            other[start + 7] |= (byte) (version << 6);
            other[start + 9] |= (byte) ((3 - version) << 6);
            assertThat(Pam.checksum(decoded(other).orElseThrow())).isEqualTo(fixture.checksum());
        }
    }

    private static Optional<byte[]> decoded(byte[] file) {
        try {
            return Optional.of(Pam.of(WebpPixels.decode(WebpFile.parse(file))));
        } catch (WebpException e) {
            return Optional.empty();
        }
    }
}
