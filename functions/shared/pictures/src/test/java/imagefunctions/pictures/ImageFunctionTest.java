package imagefunctions.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import imagefunctions.imaging.Recipe;
import imagefunctions.imaging.codec.PixelLimit;
import imagefunctions.runtime.Call;
import imagefunctions.runtime.Metrics;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ImageFunctionTest {
    private static final Path FIXTURES = Path.of("../../../samples/fixtures");

    private final Metrics metrics = new Metrics();
    private final ImageFunction function = new ImageFunction(metrics, new PixelLimit(1_000_000));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    photo.jpg     | width=0     | 400 | width=0 is not allowed
                    photo.jpg     | colour=red  | 400 | There is no parameter colour
                    huge.png      | width=9     | 413 | The picture is too large
                    text.txt      | width=9     | 415 | not an image
                    arithmetic.jpg| width=9     | 415 | not supported
                    truncated.jpg | width=9     | 422 | undamaged
                    """)
    void everyImageErrorHasItsStatus(String file, String parameter, int status, String detail) throws IOException {
        Call call = call(file, parameter);

        ProblemException error =
                catchThrowableOfType(ProblemException.class, () -> function.answer(Recipe.THUMBNAIL, call));

        Problem problem = error.problem();
        assertThat(problem.status()).isEqualTo(status);
        assertThat(problem.detail()).contains(detail);
    }

    @ParameterizedTest
    @CsvSource({
        "photo.jpg, quality=80, coefficients, none",
        "rgb.png, quality=80, pixels, other_format",
        "photo.jpg, width=50, pixels, kept_tables"
    })
    void everyPictureIsCountedByItsPath(String file, String parameter, String way, String why) throws IOException {
        function.answer(Recipe.BW, call(file, parameter));

        assertThat(metrics.text())
                .contains("function_pictures_total{function=\"bw\",way=\"%s\",why=\"%s\"} 1.0\n".formatted(way, why));
    }

    @Test
    void aRefusedPictureIsNotCounted() throws IOException {
        Call call = call("truncated.jpg", "width=9");

        assertThatThrownBy(() -> function.answer(Recipe.BW, call)).isInstanceOf(ProblemException.class);
        assertThat(metrics.text()).isEmpty();
    }

    private static Call call(String file, String parameter) throws IOException {
        String[] parts = parameter.split("=", 2);
        return Call.post("thumbnail", Map.of(parts[0], parts[1]), Files.readAllBytes(FIXTURES.resolve(file)));
    }
}
