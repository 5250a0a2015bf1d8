package imagefunctions.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransparencyTest {

    @ParameterizedTest
    @CsvSource({
        "00000000, 255, 255, 255",
        "FF000000, 0, 0, 0",
        "80000000, 127, 127, 127",
        "00FF0000, 255, 255, 255",
        "80FF0000, 255, 127, 127",
        "FF0000FF, 0, 0, 255"
    })
    void transparencyIsCompositedOnWhite(String argb, int red, int green, int blue) {
        BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < 256; i++) {
            image.setRGB(i % 16, i / 16, Integer.parseUnsignedInt(argb, 16));
        }
        byte[] file = Photos.png(image);

        int[] colour = Photos.read(Photos.run(Recipe.TRANSPOSE, file, "quality=100"))
                .getRaster()
                .getPixel(8, 8, (int[]) null);
        assertThat(colour[0]).isCloseTo(red, within(2));
        assertThat(colour[1]).isCloseTo(green, within(2));
        assertThat(colour[2]).isCloseTo(blue, within(2));

        double luma = 0.299 * red + 0.587 * green + 0.114 * blue;
        for (Recipe grey : new Recipe[] {Recipe.BW, Recipe.DRAFT}) {
            int sample = Photos.read(Photos.run(grey, file, "quality=100"))
                    .getRaster()
                    .getSample(8, 8, 0);
            assertThat((double) sample).isCloseTo(luma, within(1.5));
        }
    }
}
