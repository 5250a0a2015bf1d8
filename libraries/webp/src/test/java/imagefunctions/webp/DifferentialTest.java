package imagefunctions.webp;

import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.webp.format.WebpFile;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that cwebp makes in the same run, decoded as dwebp decodes them. */
final class DifferentialTest {
    private static final int[][] SIZES = {{1, 1}, {1, 17}, {16, 1}, {2, 3}, {15, 17}, {16, 16}, {70, 53}};

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    static Path folder;

    private static final List<Path> PHOTOS = new ArrayList<>();
    private static final List<Path> CUT_OUTS = new ArrayList<>();
    private static final List<Path> DRAWINGS = new ArrayList<>();

    @BeforeAll
    static void makePictures() throws IOException {
        Libwebp.assumeInstalled();
        BufferedImage photo = ImageIO.read(new File("../../samples/mountains.jpg"));
        Random random = new Random(1);
        for (int[] size : SIZES) {
            PHOTOS.add(picture(size, (x, y) -> photo.getRGB(700 + 2 * x, 500 + 2 * y) | 0xFF000000));
            CUT_OUTS.add(picture(
                    size,
                    (x, y) -> (photo.getRGB(700 + x, 500 + y) & 0xFFFFFF) | photo.getRGB(300 + x, 200 + y) << 24));
        }
        for (int colours : new int[] {1, 2, 4, 7, 16, 100}) {
            int[] palette = random.ints(colours).toArray();
            DRAWINGS.add(picture(
                    new int[] {45, 38}, (x, y) -> palette[(x / 3 * (y / 2) + random.nextInt(8) / 7) % colours]));
        }
    }

    /** The colour of each pixel. */
    private interface Colours {
        int at(int x, int y);
    }

    private static Path picture(int[] size, Colours colours) throws IOException {
        BufferedImage image = new BufferedImage(size[0], size[1], BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < size[1]; y++) {
            for (int x = 0; x < size[0]; x++) {
                image.setRGB(x, y, colours.at(x, y));
            }
        }
        Path file = folder.resolve(PHOTOS.size() + "-" + CUT_OUTS.size() + "-" + DRAWINGS.size() + ".png");
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-m 0 -q 1",
                "-m 1 -q 30",
                "-m 2 -q 50 -segments 1",
                "-m 3 -q 100",
                "-m 4 -q 75",
                "-m 5 -q 5 -af",
                "-m 6 -q 90",
                "-q 60 -f 100 -sharpness 7 -strong",
                "-q 10 -f 80 -sharpness 5 -strong",
                "-q 40 -f 60 -sharpness 3 -nostrong",
                "-q 40 -f 0",
                "-q 20 -partition_limit 100 -sns 100 -segments 4"
            })
    void lossyPicturesAreWhatDwebpMakesOfThem(String options) throws Exception {
        compare(PHOTOS, options);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-q 60 -alpha_filter none",
                "-q 60 -alpha_filter fast",
                "-q 60 -alpha_filter best -alpha_q 50",
                "-q 60 -alpha_filter best -alpha_method 0"
            })
    void alphaIsWhatDwebpMakesOfIt(String options) throws Exception {
        compare(CUT_OUTS, options);
        compare(DRAWINGS, options);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-lossless -exact -q 0 -m 0",
                "-lossless -exact -q 75 -m 4",
                "-lossless -exact -q 100 -m 6",
                "-near_lossless 40 -exact"
            })
    void losslessPicturesAreWhatDwebpMakesOfThem(String options) throws Exception {
        compare(PHOTOS, options);
        compare(CUT_OUTS, options);
        compare(DRAWINGS, options);
    }

    private static void compare(List<Path> pictures, String options) throws IOException, InterruptedException {
        for (Path picture : pictures) {
            byte[] file = Libwebp.encode(picture, options, folder);
            assertThat(Pam.of(WebpPixels.decode(WebpFile.parse(file))))
                    .as("%s of %s", options, picture.getFileName())
                    .isEqualTo(Libwebp.decode(file, folder).orElseThrow());
        }
    }
}
