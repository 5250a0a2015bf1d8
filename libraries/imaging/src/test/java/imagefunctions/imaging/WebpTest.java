package imagefunctions.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imagefunctions.imaging.codec.PixelLimit;
import imagefunctions.imaging.error.DamagedImageException;
import imagefunctions.imaging.error.NotAnImageException;
import imagefunctions.imaging.error.TooManyPixelsException;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebpTest {

    private static final int WIDTH = 300;
    private static final int HEIGHT = 210;
    private static final int ANIMATION = 2;
    private static final byte[] PICTURE = Fixtures.file("lossy.webp");
    private static final byte[] BITSTREAM = Arrays.copyOfRange(PICTURE, 12, PICTURE.length);

    @Test
    void aProfileGoesAlongAndThePixelsStayAsStored() {
        byte[] profile = MetadataTest.profile(3000);
        byte[] file = file(canvas(0, WIDTH, HEIGHT), chunk("ICCP", profile), BITSTREAM);

        byte[] result = Photos.run(Recipe.TRANSPOSE, file);

        assertThat(MetadataTest.carried(result)).isEqualTo(profile);
        int[] turned = pixels(Photos.run(Recipe.TRANSPOSE, PICTURE));
        assertThat(pixels(JpegSegments.without(result, 0xE2))).isEqualTo(turned);
    }

    private static int[] pixels(byte[] jpeg) {
        BufferedImage image = Photos.read(jpeg);
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anOrientationIsHonouredWithThePrefixOfAJpegAndWithout(boolean prefix) {
        byte[] exif = OrientationTest.exif(ByteOrder.BIG_ENDIAN, 6);
        byte[] block = prefix ? exif : Arrays.copyOfRange(exif, 6, exif.length);
        byte[] file = file(canvas(0, WIDTH, HEIGHT), BITSTREAM, chunk("EXIF", block));

        BufferedImage upright = Photos.read(Photos.run(Recipe.BW, file));

        assertThat(upright.getWidth()).isEqualTo(HEIGHT);
        assertThat(upright.getHeight()).isEqualTo(WIDTH);
    }

    @Test
    void theFirstFrameOfAnAnimationLiesInItsPlaceOnWhite() {
        BufferedImage shown =
                Photos.read(Photos.run(Recipe.TRANSPOSE, animation(400, 300, 60, 40), "method=flip_top_bottom"));
        BufferedImage still = Photos.read(Photos.run(Recipe.TRANSPOSE, PICTURE, "method=flip_top_bottom"));

        assertThat(shown.getWidth()).isEqualTo(400);
        assertThat(shown.getHeight()).isEqualTo(300);
        assertThat(new Color(shown.getRGB(20, 150))).isEqualTo(Color.WHITE);
        BufferedImage frame = shown.getSubimage(60, 300 - 40 - HEIGHT, WIDTH, HEIGHT);
        assertThat(Difference.mean(frame, still)).isLessThan(4);
    }

    @Test
    void aFrameThatDoesNotFitItsCanvasIsDamaged() {
        assertThatThrownBy(() -> Photos.run(Recipe.BW, animation(400, 240, 60, 40)))
                .isInstanceOf(DamagedImageException.class)
                .hasMessageContaining("does not fit its canvas. Send the whole");
    }

    @Test
    void aKindOfWebpThatIsNotReadIsNamedAsUnsupported() {
        byte[] file = Fixtures.file("lossless.webp");
        // The version, in the last bits of the lossless header.
        file[24] |= 0x20;

        assertThatThrownBy(() -> Photos.run(Recipe.BW, file))
                .isInstanceOf(NotAnImageException.class)
                .hasMessageContaining("A lossless WebP picture of version 1 is not supported");
    }

    @Test
    void aCanvasThatIsLargerThanTheLimitIsRefused() {
        Imaging imaging = new Imaging(new PixelLimit(400 * 300 - 1));

        assertThatThrownBy(() -> imaging.run(animation(400, 300, 60, 40), Recipe.BW.with(Map.of())))
                .isInstanceOf(TooManyPixelsException.class)
                .hasMessageContaining("400 x 300");
    }

    @Test
    void anInterruptedThreadStopsAndDoesNotCallTheFileDamaged() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> Photos.run(Recipe.BW, PICTURE)).isInstanceOf(CancellationException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private static byte[] animation(int width, int height, int left, int top) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.writeBytes(numbers(left / 2, top / 2, WIDTH - 1, HEIGHT - 1, 100));
        frame.write(0);
        frame.writeBytes(BITSTREAM);
        return file(canvas(ANIMATION, width, height), chunk("ANMF", frame.toByteArray()));
    }

    private static byte[] canvas(int flags, int width, int height) {
        byte[] data = numbers(0, 0, width - 1, height - 1);
        data[2] = (byte) flags;
        return chunk("VP8X", Arrays.copyOfRange(data, 2, 12));
    }

    /** Numbers of 24 bits each. */
    private static byte[] numbers(int... numbers) {
        byte[] bytes = new byte[3 * numbers.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (numbers[i / 3] >> (8 * (i % 3)));
        }
        return bytes;
    }

    private static byte[] chunk(String name, byte[] data) {
        return ByteBuffer.allocate(8 + data.length + (data.length & 1))
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(name.getBytes(StandardCharsets.US_ASCII))
                .putInt(data.length)
                .put(data)
                .array();
    }

    private static byte[] file(byte[]... chunks) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes("WEBP".getBytes(StandardCharsets.US_ASCII));
        for (byte[] chunk : chunks) {
            content.writeBytes(chunk);
        }
        return chunk("RIFF", content.toByteArray());
    }
}
