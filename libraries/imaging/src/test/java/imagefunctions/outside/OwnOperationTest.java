package imagefunctions.outside;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.imaging.Imaging;
import imagefunctions.imaging.Result;
import imagefunctions.imaging.codec.PixelLimit;
import imagefunctions.imaging.codec.ProcessingPath;
import imagefunctions.imaging.operation.BlackAndWhite;
import imagefunctions.imaging.operation.Box;
import imagefunctions.imaging.operation.DctPlan;
import imagefunctions.imaging.operation.Fit;
import imagefunctions.imaging.operation.Operation;
import imagefunctions.imaging.operation.Pipeline;
import imagefunctions.imaging.operation.Quality;
import imagefunctions.imaging.pixels.Picture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnOperationTest {

    private static final Path PHOTO = Path.of("..", "..", "samples", "portrait.jpg");
    private static final Pattern PROGRAM = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private static final Imaging IMAGING = new Imaging(new PixelLimit(PixelLimit.DEFAULT));
    private static final Operation FIT = new Fit(Box.square(128));
    private static final Operation BEST = new Quality(OptionalInt.of(100));

    /** Works on pixels only. */
    private record Negative() implements Operation {

        @Override
        public Picture apply(Picture picture) {
            Picture negative = picture.blank(picture.width(), picture.height(), picture.bands());
            for (int i = 0; i < negative.samples().length; i++) {
                negative.samples()[i] = (byte) ~picture.samples()[i];
            }
            return negative;
        }
    }

    /** Works in the DCT domain as well. */
    private record GreyPostcard() implements Operation {

        private static final Pipeline STEPS = new Pipeline(List.of(new BlackAndWhite(), FIT, BEST));

        @Override
        public Picture apply(Picture picture) {
            return STEPS.apply(picture);
        }

        @Override
        public Optional<DctPlan> plan(DctPlan plan) {
            return STEPS.plan(plan);
        }
    }

    @Test
    void anOperationOfOnesOwnRunsAfterAnotherOnPixels() throws IOException {
        byte[] photo = Files.readAllBytes(PHOTO);

        Result negative = IMAGING.run(photo, new Pipeline(List.of(FIT, new Negative(), BEST)));
        Result twice = IMAGING.run(photo, List.of(FIT, new Negative(), new Negative(), BEST));

        assertThat(negative.path()).isEqualTo(new ProcessingPath.Pixels(ProcessingPath.Reason.PIXEL_OPERATION));
        assertNegative(negative.file(), twice.file());
    }

    @Test
    void anOperationThatPlansForTheDctDomainNeedsNoPixels() throws IOException {
        byte[] photo = Files.readAllBytes(PHOTO);

        Result result = IMAGING.run(photo, new GreyPostcard());

        assertThat(result.path()).isEqualTo(new ProcessingPath.DctDomain());
        assertThat(result.file())
                .isEqualTo(IMAGING.run(photo, List.of(new BlackAndWhite(), FIT, BEST))
                        .file());
    }

    @Test
    void theReadmesProgramMakesANegative(@TempDir Path folder) throws Exception {
        Matcher program = PROGRAM.matcher(Files.readString(Path.of("README.md")));
        assertThat(program.find()).isTrue();
        Path source = Files.writeString(folder.resolve("Negative.java"), program.group(1));
        Path result = folder.resolve("negative.jpg");

        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--class-path",
                        System.getProperty("java.class.path"),
                        source.toString(),
                        PHOTO.toString(),
                        result.toString())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(java.getInputStream().readAllBytes(), UTF_8)).isEmpty();
        assertThat(java.waitFor()).isZero();
        assertNegative(
                Files.readAllBytes(result),
                IMAGING.run(Files.readAllBytes(PHOTO), FIT).file());
    }

    private static void assertNegative(byte[] negative, byte[] positive) throws IOException {
        BufferedImage dark = ImageIO.read(new ByteArrayInputStream(negative));
        BufferedImage light = ImageIO.read(new ByteArrayInputStream(positive));
        int[] one = dark.getRaster().getPixels(0, 0, dark.getWidth(), dark.getHeight(), (int[]) null);
        int[] other = light.getRaster().getPixels(0, 0, light.getWidth(), light.getHeight(), (int[]) null);
        assertThat(dark.getWidth()).isEqualTo(light.getWidth()).isLessThanOrEqualTo(128);
        assertThat(one).hasSameSizeAs(other);
        double difference = 0;
        for (int i = 0; i < one.length; i++) {
            difference += Math.abs(255 - one[i] - other[i]);
        }
        // Only rounding: to YCbCr, and to quantisation steps.
        assertThat(difference / one.length).isLessThan(2);
    }
}
