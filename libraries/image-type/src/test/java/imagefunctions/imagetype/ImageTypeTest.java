package imagefunctions.imagetype;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ImageTypeTest {

    @ParameterizedTest
    @CsvSource({
        "ffd8ffe000104a464946,           JPEG, JPEG",
        "89504e470d0a1a0a0000,           PNG,  PNG",
        "47494638376101000100,           GIF,  GIF",
        "47494638396101000100,           GIF,  GIF",
        "424d460000000000000036000000,   BMP,  BMP",
        "424d57206d616b65732063617273,   BMP,",
        "424d,                           BMP,",
        "49492a0008000000,               TIFF, TIFF",
        "4d4d002a00000008,               TIFF, TIFF",
        "524946460c000000574542505650,   WEBP, WEBP",
        "524946460c000000574156456674,   ,",
        "ffd8,                           ,",
        "'',                             ,"
    })
    void firstBytesSayTheFormat(String hex, ImageType meant, ImageType any) {
        byte[] start = HexFormat.of().parseHex(hex);

        assertThat(ImageType.of(start).orElse(null)).isEqualTo(meant);
        assertThat(ImageType.ofAnyFile(start).orElse(null)).isEqualTo(any);
    }
}
