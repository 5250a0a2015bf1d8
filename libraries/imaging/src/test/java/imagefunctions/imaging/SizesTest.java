package imagefunctions.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SizesTest {

    private static final int[] SIDES = {1, 8, 99, 100, 101, 199, 200, 201, 399, 400, 401, 799, 800, 801, 807};

    static Stream<Arguments> sizes() {
        return Arrays.stream(SIDES).boxed().flatMap(width -> Arrays.stream(SIDES)
                .mapToObj(height -> Arguments.of(width, height)));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void everySizeFollowsItsFormula(int width, int height) {
        byte[] file = Photos.png(new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY));

        int ratio = Math.min(width / 100, height / 100);
        int scale = ratio >= 8 ? 8 : ratio >= 4 ? 4 : ratio >= 2 ? 2 : 1;
        assertThat(size(Recipe.DRAFT, file))
                .isEqualTo((width + scale - 1) / scale + "x" + (height + scale - 1) / scale);
        assertThat(size(Recipe.BW, file)).isEqualTo(width + "x" + height);
        assertThat(size(Recipe.TRANSPOSE, file)).isEqualTo(width + "x" + height);
        assertThat(size(Recipe.TRANSPOSE, file, "method=rotate_90")).isEqualTo(height + "x" + width);
    }

    // Results of Image.thumbnail of Pillow 9.4.
    @ParameterizedTest
    @CsvSource({
        "640, 480, 128, 96",
        "641, 479, 128, 96",
        "1920, 1080, 128, 72",
        "199, 300, 85, 128",
        "1000, 130, 128, 17",
        "90, 60, 90, 60",
        "128, 128, 128, 128",
        "129, 129, 128, 128",
        "1, 5000, 1, 128",
        "5000, 1, 128, 1",
        "2, 5000, 1, 128",
        "99, 101, 99, 101",
        "101, 99, 101, 99",
        "130, 3, 128, 3",
        "3, 130, 3, 128",
        "257, 1, 128, 1",
        "300, 199, 128, 85",
        "333, 777, 55, 128",
        "777, 333, 128, 55",
        "129, 1, 128, 1",
        "4999, 20, 128, 1",
        "20, 4999, 1, 128",
        "1023, 767, 128, 96",
        "255, 254, 128, 127",
        "254, 255, 127, 128",
        "1000, 999, 128, 128",
        "185, 129, 128, 89",
        "3840, 2161, 128, 72",
        "259, 3, 128, 2",
        "138, 7, 128, 7",
        "349, 4, 128, 2",
        "1866, 153, 128, 11",
        "2458, 240, 128, 13"
    })
    void aThumbnailRoundsAsPillowDoes(int width, int height, int thumbnailWidth, int thumbnailHeight) {
        byte[] file = Photos.png(new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY));

        assertThat(size(Recipe.THUMBNAIL, file)).isEqualTo(thumbnailWidth + "x" + thumbnailHeight);
    }

    @ParameterizedTest
    @CsvSource({
        "draft, 640, 480, 160x120",
        "draft, 641, 479, 161x120",
        "draft, 1920, 1080, 240x135",
        "draft, 200, 200, 100x100",
        "draft, 199, 300, 199x300",
        "draft, 1, 5000, 1x5000",
        "draft, 5000, 1, 5000x1",
        "draft, 99, 101, 99x101",
        "bw, 1, 5000, 1x5000",
        "transpose, 5000, 1, 5000x1",
        "thumbnail, 640, 480, 128x96",
        "thumbnail, 1920, 1080, 128x72",
        "thumbnail, 199, 300, 85x128",
        "thumbnail, 1000, 130, 128x17",
        "thumbnail, 90, 60, 90x60"
    })
    void jpegPhotosComeOutAsTheyAlwaysDid(String recipe, int width, int height, String size) {
        assertThat(size(Recipe.named(recipe).orElseThrow(), Photos.jpeg(width, height)))
                .isEqualTo(size);
    }

    @ParameterizedTest
    @CsvSource({
        "draft, 640x480, size=50, 80x60",
        "draft, 640x480, size=640, 640x480",
        "draft, 640x480, width=320, 320x240",
        "draft, 640x480, height=60, 80x60",
        "draft, 640x480, width=100 height=200, 320x240",
        "bw, 640x480, width=320, 320x240",
        "bw, 640x480, height=48, 64x48",
        "bw, 640x480, width=1000 height=48, 64x48",
        "bw, 640x480, width=65535, 640x480",
        "thumbnail, 640x480, width=200, 200x150",
        "thumbnail, 640x480, height=200, 267x200",
        "thumbnail, 640x480, width=2000 height=2000, 640x480",
        "thumbnail, 10x4000, height=65535, 10x4000",
        "transpose, 640x480, width=320, 320x240",
        "transpose, 640x480, method=rotate_90 width=120, 120x160",
        "transpose, 640x480, method=transverse height=320, 240x320"
    })
    void aBoxBoundsTheResultAndNeverEnlarges(String recipe, String from, String query, String size) {
        String[] sides = from.split("x", 2);
        byte[] file = Photos.jpeg(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));

        assertThat(size(Recipe.named(recipe).orElseThrow(), file, query.split(" ", -1)))
                .isEqualTo(size);
    }

    private static String size(Recipe recipe, byte[] file, String... query) {
        BufferedImage result = Photos.read(Photos.run(recipe, file, query));
        return result.getWidth() + "x" + result.getHeight();
    }
}
