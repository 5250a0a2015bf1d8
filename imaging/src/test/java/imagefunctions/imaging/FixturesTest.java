package imagefunctions.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fixture in samples/fixtures through every operation, beside what Pillow makes of it. */
final class FixturesTest {

    private static final Path SAMPLES = Path.of("../samples");

    /** One reference, and how to ask for the same. */
    record Reference(String fixture, String operation) {

        Recipe recipe() {
            return Recipe.named(operation.split("-", -1)[0]).orElseThrow();
        }

        Map<String, String> query() {
            Map<String, String> exact = Map.of("quality", "100", "autorotate", "false");
            return operation.contains("-")
                    ? Map.of(
                            "quality",
                            "100",
                            "autorotate",
                            "false",
                            "method",
                            operation.split("-", -1)[1])
                    : exact;
        }

        BufferedImage pixels() throws IOException {
            return ImageIO.read(SAMPLES.resolve("references/" + fixture + "." + operation + ".png")
                    .toFile());
        }
    }

    static Stream<Reference> references() throws IOException {
        try (var files = Files.list(SAMPLES.resolve("references"))) {
            return files
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .map(name -> name.substring(0, name.length() - ".png".length()))
                    .map(name -> new Reference(
                            name.substring(0, name.lastIndexOf('.')), name.substring(name.lastIndexOf('.') + 1)))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("references")
    void everyFixtureLooksAsPillowMakesIt(Reference reference) throws Exception {
        byte[] file = Files.readAllBytes(SAMPLES.resolve("fixtures").resolve(reference.fixture()));

        byte[] answer = new Imaging(Limits.DEFAULT).run(file, reference.recipe().with(reference.query()));

        BufferedImage got = ImageIO.read(new ByteArrayInputStream(withoutProfile(answer)));
        BufferedImage wanted = reference.pixels();
        assertThat(got.getWidth()).isEqualTo(wanted.getWidth());
        assertThat(got.getHeight()).isEqualTo(wanted.getHeight());
        assertThat(got.getRaster().getNumBands()).isEqualTo(wanted.getRaster().getNumBands());
        assertThat(Difference.mean(got, wanted)).isLessThanOrEqualTo(2.0);
        assertThat(Difference.structuralSimilarity(got, wanted)).isGreaterThanOrEqualTo(0.98);
    }

    /** The same with its ICC segments (APP2) renamed, so that the samples are compared as they are stored. */
    private static byte[] withoutProfile(byte[] jpeg) {
        for (int at = 2;
                (jpeg[at + 1] & 0xFF) != 0xDA;
                at += 2 + ((jpeg[at + 2] & 0xFF) << 8 | (jpeg[at + 3] & 0xFF))) {
            if ((jpeg[at + 1] & 0xFF) == 0xE2) {
                jpeg[at + 1] = (byte) 0xEC;
            }
        }
        return jpeg;
    }

    static Stream<String[]> expectations() throws IOException {
        return Files.readAllLines(SAMPLES.resolve("fixtures/fixtures.tsv")).stream()
                .map(line -> line.split("\t", -1));
    }

    @ParameterizedTest
    @MethodSource("expectations")
    void everyFixtureIsReadOrRefusedAsExpected(String fixture, String expected) throws Exception {
        byte[] file = Files.readAllBytes(SAMPLES.resolve("fixtures").resolve(fixture));
        Executable run = () -> new Imaging(Limits.DEFAULT).run(file, Recipe.THUMBNAIL.with(Map.of()));

        switch (expected) {
            case "ok" ->
                assertThat(new Imaging(Limits.DEFAULT).run(file, Recipe.THUMBNAIL.with(Map.of())))
                        .isNotEmpty();
            case "413" -> assertThatThrownBy(run::execute).isInstanceOf(TooManyPixels.class);
            case "415" -> assertThatThrownBy(run::execute).isInstanceOf(NotAnImage.class);
            case "422" -> assertThatThrownBy(run::execute).isInstanceOf(DamagedImage.class);
            default -> throw new IllegalArgumentException(expected);
        }
    }
}
