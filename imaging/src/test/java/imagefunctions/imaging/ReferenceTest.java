package imagefunctions.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReferenceTest {

    private static final Pattern NAME = Pattern.compile("(.+)\\.(draft|bw|thumbnail|transpose|upright)(-(.+))?\\.png");

    static List<String> references() {
        return Fixtures.references();
    }

    @ParameterizedTest
    @MethodSource("references")
    void resultsAreCloseToThoseOfPillow(String name) {
        BufferedImage result = Photos.read(result(name));
        BufferedImage reference = Photos.read(Fixtures.reference(name));

        assertThat(result.getWidth()).isEqualTo(reference.getWidth());
        assertThat(result.getHeight()).isEqualTo(reference.getHeight());
        double mean = Difference.mean(result, reference);
        double similarity = Difference.structuralSimilarity(result, reference);
        System.out.printf("REF %s %.3f %.4f%n", name, mean, similarity);
        assertThat(mean).isLessThanOrEqualTo(2.0);
        assertThat(similarity).isGreaterThanOrEqualTo(0.98);
    }

    private static byte[] result(String name) {
        Matcher parts = NAME.matcher(name);
        assertThat(parts.matches()).as(name).isTrue();
        byte[] file = Fixtures.file(parts.group(1));
        if (parts.group(2).equals("upright")) {
            return Photos.run(Recipe.THUMBNAIL, file, "width=65535", "quality=100");
        }
        Recipe recipe = Recipe.named(parts.group(2)).orElseThrow();
        return parts.group(4) == null
                ? Photos.run(recipe, file, "quality=100", "autorotate=false")
                : Photos.run(recipe, file, "quality=100", "autorotate=false", "method=" + parts.group(4));
    }
}
