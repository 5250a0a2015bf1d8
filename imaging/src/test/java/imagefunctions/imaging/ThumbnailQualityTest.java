package imagefunctions.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Thumbnails held against what Lanczos' filter makes of all pixels. */
class ThumbnailQualityTest {
    private static final double STRUCTURAL_SIMILARITY = 0.98;
    private static final double WORSE_THAN_PILLOW = 0.005;

    /** All that the JDK decodes by itself. */
    static List<String> photos() {
        return Fixtures.readable().stream()
                .filter(name -> name.endsWith(".jpg"))
                .filter(name -> !List.of("cmyk-adobe.jpg", "cmyk-plain.jpg", "ycck-adobe.jpg", "fill-bytes.jpg")
                        .contains(name))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("photos")
    void aThumbnailIsAsGoodAsPillows(String name) {
        byte[] file = Fixtures.file(name);
        BufferedImage pillows = Photos.read(Fixtures.reference(name + ".thumbnail.png"));
        BufferedImage exact = exact(file, pillows);
        double ours = Difference.structuralSimilarity(thumbnail(file), exact);
        double theirs = Difference.structuralSimilarity(pillows, exact);
        assertThat(ours).isGreaterThanOrEqualTo(theirs - WORSE_THAN_PILLOW);
        // Stripes of one pixel, which tables-16-bit.jpg is made of, are greyer under the general way's bicubic filter.
        assertThat(ours).isGreaterThanOrEqualTo(name.equals("tables-16-bit.jpg") ? 0.975 : STRUCTURAL_SIMILARITY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"brushes.jpg", "map.jpg", "mountains.jpg", "portrait.jpg", "seeding.jpg"})
    void aPhotosThumbnailIsLikeOneOfAllItsPixels(String name) {
        byte[] file = Fixtures.sample(name);
        BufferedImage ours = thumbnail(file);
        assertThat(Difference.structuralSimilarity(ours, exact(file, ours)))
                .isGreaterThanOrEqualTo(STRUCTURAL_SIMILARITY);
    }

    private static BufferedImage thumbnail(byte[] file) {
        return Photos.read(Photos.run(Recipe.THUMBNAIL, file, "quality=100", "autorotate=false"));
    }

    private static BufferedImage exact(byte[] file, BufferedImage sized) {
        return PlainLanczos.resize(Photos.read(file), sized.getWidth(), sized.getHeight());
    }
}
