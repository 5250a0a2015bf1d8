package imagefunctions.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.imaging.codec.ProcessingPath;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessingPathTest {

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
    void aPhotoIsEditedInTheDctDomain(String recipe, String file, String query) {
        assertThat(path(recipe, file, query)).isEqualTo(new ProcessingPath.DctDomain());
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
    void anythingElseIsDecodedToPixelsForAReason(
            String recipe, String file, String query, ProcessingPath.Reason reason) {
        assertThat(path(recipe, file, query)).isEqualTo(new ProcessingPath.Pixels(reason));
    }

    @Test
    void aPictureThatIsShrunkTwiceIsDecodedToPixels() {
        Order twice = Order.inTurn(
                List.of(Recipe.DRAFT.with(Photos.query()), Recipe.THUMBNAIL.with(Photos.query("width=20"))));
        assertThat(path(Fixtures.file("641x479.jpg"), twice))
                .isEqualTo(new ProcessingPath.Pixels(ProcessingPath.Reason.SHRUNK_TWICE));
    }

    private static ProcessingPath path(String recipe, String file, String query) {
        String[] parameters = query.isEmpty() ? new String[0] : new String[] {query};
        return path(Fixtures.file(file), Recipe.named(recipe).orElseThrow().with(Photos.query(parameters)));
    }

    private static ProcessingPath path(byte[] file, Order order) {
        return Photos.IMAGING.run(file, order).path();
    }
}
