package imagefunctions.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReferenceTest {

    private static final double MEAN_DIFFERENCE = 2.0;
    private static final double STRUCTURAL_SIMILARITY = 0.98;
    private static final Pattern NAME =
            Pattern.compile("(.+)\\.(draft|bw|thumbnail|transpose|upright)(?:-(.+))?\\.png");

    static List<String> references() {
        return Fixtures.references();
    }

    @ParameterizedTest
    @MethodSource("references")
    void filesAtQuality100AreWhatPillowMakes(String name) {
        BufferedImage reference = Photos.read(Fixtures.reference(name));
        BufferedImage result =
                Photos.read(Photos.IMAGING.run(fixture(name), order(name)).file());

        assertThat(result.getWidth()).isEqualTo(reference.getWidth());
        assertThat(result.getHeight()).isEqualTo(reference.getHeight());
        assertThat(Difference.mean(result, reference)).isLessThanOrEqualTo(MEAN_DIFFERENCE);
        assertThat(Difference.structuralSimilarity(result, reference)).isGreaterThanOrEqualTo(STRUCTURAL_SIMILARITY);
    }

    private static byte[] fixture(String name) {
        return Fixtures.file(parts(name).group(1));
    }

    private static Order order(String name) {
        Matcher parts = parts(name);
        Map<String, String> query = new HashMap<>(Map.of("quality", "100"));
        if (parts.group(2).equals("upright")) {
            // Nothing exceeds this box, so that only the orientation is applied.
            query.put("width", "65535");
            return Recipe.THUMBNAIL.with(query);
        }
        query.put("autorotate", "false");
        if (parts.group(3) != null) {
            query.put("method", parts.group(3));
        }
        return Recipe.named(parts.group(2)).orElseThrow().with(query);
    }

    private static Matcher parts(String name) {
        Matcher parts = NAME.matcher(name);
        assertThat(parts.matches()).as(name).isTrue();
        return parts;
    }
}
