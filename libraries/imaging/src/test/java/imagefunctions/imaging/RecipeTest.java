package imagefunctions.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecipeTest {

    static List<Recipe> recipes() {
        return Recipe.all();
    }

    @Test
    void recipesAreFoundByName() {
        assertThat(Recipe.all())
                .extracting(Recipe::name)
                .contains("draft", "bw", "thumbnail", "transpose")
                .doesNotHaveDuplicates();
        assertThat(Recipe.named("thumbnail")).contains(Recipe.THUMBNAIL);
        assertThat(Recipe.named("blur")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void aDefaultThatIsGivenChangesNothing(Recipe recipe) {
        byte[] photo = JpegSegments.with(Photos.jpeg(640, 480), 0xE1, OrientationTest.exif(ByteOrder.BIG_ENDIAN, 6));

        assertThat(recipe.parameters())
                .filteredOn(parameter -> parameter.defaultValue().matches("[0-9]+|true|rotate_180|nothing"))
                .isNotEmpty()
                .allSatisfy(parameter -> assertThat(
                                Photos.run(recipe, photo, parameter.name() + "=" + parameter.defaultValue()))
                        .isEqualTo(Photos.run(recipe, photo)));
    }

    @Test
    void thumbnailsFitInto128Pixels() {
        byte[] photo = Photos.jpeg(640, 480);

        assertThat(Photos.run(Recipe.THUMBNAIL, photo, "width=128", "height=128"))
                .isEqualTo(Photos.run(Recipe.THUMBNAIL, photo));
    }

    @Test
    void aPipelineGivesTheSizeOfOneOperationAfterTheOther() {
        byte[] photo = JpegSegments.with(Photos.jpeg(641, 427), 0xE1, OrientationTest.exif(ByteOrder.BIG_ENDIAN, 6));
        Order rotation = Recipe.TRANSPOSE.with(Map.of("method", "rotate_90"));
        Order grey = Recipe.BW.with(Map.of("width", "333"));
        Order small = Recipe.THUMBNAIL.with(Map.of());

        byte[] inOnePass = run(photo, Order.inTurn(List.of(rotation, grey, small)));
        byte[] oneByOne = run(run(run(photo, rotation), grey), small);

        assertThat(Photos.read(inOnePass).getWidth())
                .isEqualTo(Photos.read(oneByOne).getWidth());
        assertThat(Photos.read(inOnePass).getHeight())
                .isEqualTo(Photos.read(oneByOne).getHeight());
        assertThat(JpegSegments.of(inOnePass).tables())
                .isEqualTo(JpegSegments.of(oneByOne).tables());
        assertThat(Difference.mean(Photos.read(inOnePass), Photos.read(oneByOne)))
                .isLessThan(2);
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void theGivenBytesAreNeverChanged(Recipe recipe) {
        byte[] photo = Photos.jpeg(320, 240);
        byte[] copy = photo.clone();

        Photos.run(recipe, photo);

        assertThat(photo).isEqualTo(copy);
    }

    private static byte[] run(byte[] file, Order order) {
        return Photos.IMAGING.run(file, order).file();
    }
}
