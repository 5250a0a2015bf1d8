package imagefunctions.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A draft is what its words say, the mean of the picture's pixels, where letters and lines are sharpest. */
class DraftQualityTest {
    private static final double SAME_BRIGHTNESS = 0.5;

    static Stream<Arguments> art() {
        return Arrays.stream(LineArt.values()).flatMap(art -> Stream.of(2, 4).map(scale -> Arguments.of(art, scale)));
    }

    @ParameterizedTest
    @MethodSource("art")
    void textAndLineArtAreAsDarkAsTheirPixels(LineArt art, int scale) {
        byte[] file = art.jpeg(95);
        BufferedImage draft = draft(file, scale);
        BufferedImage whole = Photos.read(file);

        assertThat(draft.getWidth()).isEqualTo(LineArt.WIDTH / scale);
        assertThat(Difference.brightness(draft))
                .isCloseTo(Difference.brightness(whole), Offset.offset(SAME_BRIGHTNESS));
    }

    private static BufferedImage draft(byte[] file, int scale) {
        return Photos.read(Photos.run(Recipe.DRAFT, file, "size=" + LineArt.HEIGHT / scale, "quality=97"));
    }
}
