package imagefunctions.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.imaging.codec.Decoder;
import imagefunctions.imaging.codec.ImageFile;
import imagefunctions.imaging.codec.PixelLimit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of every format that are made in the same run, by Pillow and here, have the pixels that Pillow reads. */
@EnabledIf(
        value = "imagefunctions.imaging.Pillow#installed",
        disabledReason = "No format is compared with Pillow: apt-get install python3-pil")
class PillowTest {
    private static final int[][] PNG_KINDS = {
        {0, 1}, {0, 2}, {0, 4}, {0, 8}, {0, 16}, {2, 8}, {2, 16}, {3, 1}, {3, 2}, {3, 4}, {3, 8}, {4, 8}, {4, 16},
        {6, 8}, {6, 16}
    };

    private final Path folder;

    PillowTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "gif", "bmp", "tiff", "webp", "jpeg"})
    void pixelsAreThoseThatPillowReads(String format) throws IOException {
        switch (format) {
            case "png" -> writePngs();
            case "gif" -> writeGifs();
            default -> {}
        }
        Pillow.run(folder, "pixels", format);

        List<String> different = new ArrayList<>();
        for (Path file : files("." + format)) {
            byte[] theirs = Files.readAllBytes(Programs.beside(file, ".rgb"));
            OtherDecoders.Pixels ours = OtherDecoders.Pixels.of(
                    Decoder.decode(ImageFile.of(Files.readAllBytes(file)), new PixelLimit(PixelLimit.DEFAULT)));
            String name = file.getFileName().toString();
            String size = "%d %d\n".formatted(ours.width(), ours.height());
            int distance = distance(ours.rgb(), theirs, size.getBytes(StandardCharsets.US_ASCII));
            if (distance > tolerance(name)) {
                different.add(name + " by " + distance);
            }
        }
        assertThat(different).isEmpty();
    }

    /** Of 16 bits, Pillow takes the upper 8; inks are multiplied, and a JPEG in a TIFF is made RGB, with other roundings. */
    private static int tolerance(String name) {
        return name.contains("of 16") ? 2 : name.startsWith("CMYK") ? 1 : name.contains("compression=jpeg") ? 4 : 0;
    }

    /** How far the samples are apart at most; from a picture of another size, infinitely. */
    private static int distance(int[] ours, byte[] theirs, byte[] size) {
        if (theirs.length - size.length != ours.length
                || !Arrays.equals(theirs, 0, size.length, size, 0, size.length)) {
            return Integer.MAX_VALUE;
        }
        int distance = 0;
        for (int i = 0; i < ours.length; i++) {
            distance = Math.max(distance, Math.abs(ours[i] - (theirs[size.length + i] & 0xFF)));
        }
        return distance;
    }

    private List<Path> files(String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    private void writePngs() throws IOException {
        for (int[] kind : PNG_KINDS) {
            for (boolean interlaced : new boolean[] {false, true}) {
                PngBuilder png = new PngBuilder(21, 13, kind[0], kind[1], interlaced);
                if (kind[0] == 3) {
                    png.palette(1 << kind[1]);
                }
                String name = "type %d of %d bits%s.png".formatted(kind[0], kind[1], interlaced ? ", interlaced" : "");
                Files.write(folder.resolve(name), png.end());
            }
        }
    }

    private void writeGifs() throws IOException {
        for (int bits = 1; bits <= 8; bits++) {
            for (boolean interlaced : new boolean[] {false, true}) {
                byte[] gif = GifBuilder.file(41, 33, bits, Math.max(2, bits), interlaced);
                Files.write(folder.resolve("%d bits%s.gif".formatted(bits, interlaced ? ", interlaced" : "")), gif);
            }
        }
    }
}
