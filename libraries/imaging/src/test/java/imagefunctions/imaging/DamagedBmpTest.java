package imagefunctions.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.imagetype.ImageType;
import imagefunctions.imaging.codec.Decoder;
import imagefunctions.imaging.codec.ImageFile;
import imagefunctions.imaging.codec.PixelLimit;
import imagefunctions.imaging.error.ImageException;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A damaged BMP is refused, or has the pixels that netpbm's decoder gives; what that refuses has its own. */
@EnabledIf(value = "installed", disabledReason = "No BMP is compared with netpbm's bmptopnm: apt-get install netpbm")
class DamagedBmpTest {
    private static final String COMMAND = "bmptopnm \"$file\" >\"$file.pnm\"";
    private static final int PIXELS_AT = 10;

    static boolean installed() {
        return Programs.areThere("bmptopnm");
    }

    static Stream<Arguments> files() {
        BufferedImage colours = new BufferedImage(61, 47, BufferedImage.TYPE_BYTE_INDEXED);
        colours.createGraphics().drawImage(Photos.gradient(61, 47), 0, 0, null);
        return Stream.of(
                Arguments.of("palette.bmp", Fixtures.file("palette.bmp")),
                Arguments.of("rgb.bmp", Fixtures.file("rgb.bmp")),
                Arguments.of("runs", Photos.file(colours, ImageType.BMP, "BI_RLE8")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void noPixelsAreMadeUp(String name, byte[] whole, @TempDir Path folder) throws Exception {
        Random random = new Random(whole.length);
        int pixelsAt = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getInt(PIXELS_AT);
        List<Damage> files = new ArrayList<>(Damage.cuts(whole));
        files.addAll(Damage.strayBytes(whole, random));
        files.addAll(Damage.strayBytes(whole, pixelsAt, whole.length, random));
        List<Path> written = Programs.onEach(files.stream().map(Damage::file).toList(), ".bmp", COMMAND, folder);
        String expected = pixels(whole).orElseThrow();

        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            String log = Files.readString(Programs.beside(written.get(i), ".log"), StandardCharsets.ISO_8859_1);
            boolean sound = Files.readString(Programs.beside(written.get(i), ".status"))
                    .strip()
                    .equals("0");
            String right = sound ? rgb(Files.readAllBytes(Programs.beside(written.get(i), ".pnm"))) : expected;
            if (!pixels(files.get(i).file()).orElse(right).equals(right)) {
                wrong.add(files.get(i).where() + ", bmptopnm: " + log.strip());
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** Of a file of Netpbm's formats PGM or PPM: its size, and three samples for each pixel. */
    private static String rgb(byte[] pnm) {
        String[] header = new String(pnm, 0, Math.min(40, pnm.length), StandardCharsets.ISO_8859_1).split("\\s", 5);
        int width = Integer.parseInt(header[1]);
        int height = Integer.parseInt(header[2]);
        int bands = header[0].equals("P5") ? 1 : 3;
        byte[] samples = Arrays.copyOfRange(pnm, pnm.length - width * height * bands, pnm.length);
        return text(new OtherDecoders.Pixels(width, height, bands, samples));
    }

    private static String text(OtherDecoders.Pixels pixels) {
        return pixels.width() + " x " + pixels.height() + " " + Arrays.toString(pixels.rgb());
    }

    private static Optional<String> pixels(byte[] file) {
        try {
            return Optional.of(text(
                    OtherDecoders.Pixels.of(Decoder.decode(ImageFile.of(file), new PixelLimit(PixelLimit.DEFAULT)))));
        } catch (ImageException e) {
            return Optional.empty();
        }
    }
}
