package imagefunctions.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.imaging.codec.Way;
import imagefunctions.imaging.operation.Operation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WayTest {

    @ParameterizedTest
    @CsvSource({
        "draft, 641x479.jpg, ''",
        "bw, progressive-420.jpg, ''",
        "thumbnail, baseline-444.jpg, ''",
        "transpose, 7x9.jpg, ''",
        "transpose, 641x479.jpg, method=rotate_90",
        "bw, tables-16-bit.jpg, quality=80",
        "transpose, baseline-420.jpg, quality=80",
        "transpose, baseline-444.jpg, quality=80"
    })
    void aPhotoIsEditedByItsCoefficients(String recipe, String file, String query) {
        assertThat(ways(recipe, file, query)).containsExactly(new Way.ByCoefficients());
    }

    @ParameterizedTest
    @CsvSource({
        "bw, rgb.png, '', OTHER_FORMAT",
        "bw, cmyk-adobe.jpg, '', OTHER_CODING",
        "transpose, rgb-ids.jpg, '', OTHER_CODING",
        "bw, photo.jpg, width=50, KEPT_TABLES",
        "bw, tables-16-bit.jpg, '', WIDE_STEPS",
        "thumbnail, tables-16-bit.jpg, '', WIDE_STEPS"
    })
    void anythingElseBecomesPixelsForAReason(String recipe, String file, String query, Way.Why why) {
        assertThat(ways(recipe, file, query)).containsExactly(new Way.ByPixels(why));
    }

    @Test
    void aPictureThatIsShrunkTwiceBecomesPixels() {
        Operation twice = Operation.inOrder(
                List.of(Recipe.DRAFT.with(Photos.query()), Recipe.THUMBNAIL.with(Photos.query("width=20"))));
        assertThat(ways(Fixtures.file("641x479.jpg"), twice)).containsExactly(new Way.ByPixels(Way.Why.SHRUNK_TWICE));
    }

    private static List<Way> ways(String recipe, String file, String query) {
        String[] parameters = query.isEmpty() ? new String[0] : new String[] {query};
        return ways(Fixtures.file(file), Recipe.named(recipe).orElseThrow().with(Photos.query(parameters)));
    }

    private static List<Way> ways(byte[] file, Operation operation) {
        List<Way> ways = new ArrayList<>();
        Photos.IMAGING.run(file, operation, ways::add);
        return ways;
    }
}
