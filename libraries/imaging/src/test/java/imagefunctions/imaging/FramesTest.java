package imagefunctions.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many pictures a file holds, of files that Pillow made. */
class FramesTest {
    private static final Path FILES = Path.of("src/test/resources/frames");

    @ParameterizedTest
    @CsvSource({
        "animation.gif, 3",
        "animation.png, 3",
        "animation-behind-a-picture.png, 3",
        "animation.webp, 3",
        "pages.tif, 3",
        "page-and-its-reduced-version.tif, 1",
        "stereo.mpo, 2",
        "picture-and-another-of-no-stated-kind.mpo, 1"
    })
    void everyPictureOfItsOwnCounts(String file, int frames) throws IOException {
        assertThat(frames(Files.readAllBytes(FILES.resolve(file)))).isEqualTo(frames);
    }

    @ParameterizedTest
    @CsvSource({"photo.jpg", "rgb.png", "transparent.gif", "rgb.bmp", "plain.tif", "lossy.webp"})
    void aPictureAloneIsOne(String file) {
        assertThat(frames(Fixtures.file(file))).isEqualTo(1);
    }

    /** What the index of a file states for later pages may lie anywhere. */
    @Test
    void aChainOfPagesThatGoesRoundEnds() throws IOException {
        byte[] pages = Files.readAllBytes(FILES.resolve("pages.tif"));
        ByteBuffer tiff = ByteBuffer.wrap(pages).order(ByteOrder.LITTLE_ENDIAN);
        int first = tiff.getInt(4);
        int second = tiff.getInt(first + 2 + 12 * tiff.getShort(first));
        tiff.putInt(second + 2 + 12 * tiff.getShort(second), second);

        assertThat(frames(pages)).isEqualTo(2);
    }

    @Test
    void framesThatAreNotThereDoNotCount() throws IOException {
        byte[] animation = Files.readAllBytes(FILES.resolve("animation.png"));
        int control = new String(animation, StandardCharsets.ISO_8859_1).indexOf("acTL");
        ByteBuffer.wrap(animation).putInt(control + 4, Integer.MAX_VALUE);
        CRC32 sum = new CRC32();
        sum.update(animation, control, 12);
        ByteBuffer.wrap(animation).putInt(control + 12, (int) sum.getValue());

        assertThat(frames(animation)).isEqualTo(3);
        assertThat(frames(Arrays.copyOf(animation, animation.length - 100))).isEqualTo(2);
    }

    private static int frames(byte[] file) {
        return Photos.IMAGING.run(file, Recipe.DRAFT.with(Map.of())).frames();
    }
}
