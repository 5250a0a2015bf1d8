package imagefunctions.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imagefunctions.imagetype.ImageType;
import imagefunctions.imaging.error.DamagedImageException;
import imagefunctions.imaging.error.ImageException;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CutShortTest {

    private static final int CUTS = 30;
    private static final int LAST_BYTES = 12;

    static Stream<Arguments> pictures() {
        BufferedImage colour = Photos.gradient(200, 150);
        BufferedImage palette = new BufferedImage(200, 150, BufferedImage.TYPE_BYTE_INDEXED);
        palette.createGraphics().drawImage(colour, 0, 0, null);
        BufferedImage bits = new BufferedImage(200, 150, BufferedImage.TYPE_BYTE_BINARY);
        bits.createGraphics().drawImage(colour, 0, 0, null);
        return Stream.of(
                        Fixtures.readable().stream().map(name -> Arguments.of(name, Fixtures.file(name))),
                        Stream.of("LZW", "ZLib", "PackBits", "JPEG")
                                .map(name -> Arguments.of("TIFF " + name, Photos.file(colour, ImageType.TIFF, name))),
                        Stream.of("CCITT RLE", "CCITT T.4", "CCITT T.6")
                                .map(name -> Arguments.of("TIFF " + name, Photos.file(bits, ImageType.TIFF, name))),
                        Stream.of("BI_RLE8", "BI_RGB")
                                .map(name -> Arguments.of("BMP " + name, Photos.file(palette, ImageType.BMP, name))))
                .flatMap(pictures -> pictures);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pictures")
    void aFileThatIsCutShortIsRefusedOrGivesTheWholePicture(String name, byte[] whole) {
        byte[] expected = Photos.run(Recipe.TRANSPOSE, whole, "quality=100");
        List<Integer> different = new ArrayList<>();
        int refused = 0;
        for (int length : lengths(whole.length)) {
            try {
                byte[] result = Photos.run(Recipe.TRANSPOSE, Arrays.copyOf(whole, length), "quality=100");
                if (!Arrays.equals(result, expected)) {
                    different.add(length);
                }
            } catch (ImageException e) {
                refused++;
            }
        }
        assertThat(different).isEmpty();
        assertThat(refused).isPositive();
    }

    @Test
    void aWebpThatLacksOnlyItsPaddingByteIsRead() {
        byte[] picture = Fixtures.file("lossless.webp");
        byte[] whole = Arrays.copyOf(picture, picture.length + 12);
        ByteBuffer.wrap(whole)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(4, whole.length - 8)
                .position(picture.length)
                .put("XMP ".getBytes(StandardCharsets.US_ASCII))
                .putInt(3);

        assertThat(Photos.run(Recipe.BW, Arrays.copyOf(whole, whole.length - 1)))
                .isEqualTo(Photos.run(Recipe.BW, whole));
        assertThatThrownBy(() -> Photos.run(Recipe.BW, Arrays.copyOf(whole, whole.length - 2)))
                .isInstanceOf(DamagedImageException.class);
    }

    /** Lengths evenly spread, and each of the last few. */
    private static int[] lengths(int whole) {
        return IntStream.concat(
                        IntStream.range(0, CUTS).map(cut -> whole * cut / CUTS),
                        IntStream.range(whole - LAST_BYTES, whole))
                .toArray();
    }
}
