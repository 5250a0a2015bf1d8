package imagefunctions.deploy;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The functions over one picture, each packaged as its image has it, in a process of its own, called with curl. */
final class FunctionsIT {
    /** Of all samples, 0 to 255: what encoding a picture costs. */
    private static final double MEAN_DIFFERENCE = 2.0;

    private static final Map<String, FunctionProcess> FUNCTIONS = new HashMap<>();

    @BeforeAll
    static void start() throws IOException {
        for (String name : List.of("draft", "bw", "thumbnail", "transpose")) {
            FUNCTIONS.put(
                    name,
                    FunctionProcess.start(
                            Path.of("target", name, "quarkus-app", "quarkus-run.jar")
                                    .toAbsolutePath(),
                            Map.of()));
        }
    }

    @AfterAll
    static void stop() {
        FUNCTIONS.values().forEach(FunctionProcess::close);
    }

    /** Posts a sample as the README does, and gives back the status and the type of the answer. */
    private static String post(String name, String sample, Path answer) throws Exception {
        return curl(
                name,
                "--data-binary",
                "@" + Yaml.path("samples/fixtures/" + sample).toAbsolutePath(),
                "-o",
                answer.toString(),
                "-w",
                "%{http_code} %{content_type}");
    }

    private static String curl(String name, String... arguments) throws Exception {
        String url = Objects.requireNonNull(FUNCTIONS.get(name)).at("/").toString();
        return Command.run(
                Path.of("."),
                Stream.concat(Stream.of("curl", "-sS", url), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({"draft, 160, 120, 1", "bw, 640, 480, 1", "thumbnail, 128, 96, 3", "transpose, 640, 480, 3"})
    void aPictureIsAnsweredWithWhatTheReferenceShows(
            String name, int width, int height, int bands, @TempDir Path folder) throws Exception {
        Path answer = folder.resolve("answer.jpg");

        assertThat(post(name, "640x480.jpg", answer)).isEqualTo("200 image/jpeg");

        BufferedImage picture = ImageIO.read(answer.toFile());
        assertThat(picture.getWidth()).isEqualTo(width);
        assertThat(picture.getHeight()).isEqualTo(height);
        assertThat(picture.getRaster().getNumBands()).isEqualTo(bands);
        BufferedImage reference = ImageIO.read(
                Yaml.path("samples/references/640x480.jpg." + name + ".png").toFile());
        assertThat(meanDifference(picture, reference)).isLessThanOrEqualTo(MEAN_DIFFERENCE);
    }

    @Test
    void aFunctionCountsWhatTheDocsNameForEveryFunction(@TempDir Path folder) throws Exception {
        post("draft", "640x480.jpg", folder.resolve("answer.jpg"));
        String url =
                Objects.requireNonNull(FUNCTIONS.get("draft")).at("/metrics").toString();
        String metrics = Command.run(folder, "curl", "-sS", url);
        String page = Files.readString(Yaml.path("docs/operating.md"));

        assertThat(names("(?m)^# TYPE (\\w+)", metrics))
                .isEqualTo(names(
                        "(?m)^\\| `(\\w+)` \\|",
                        page.split("Of the gateway alone", 2)[0].split("## Metrics", 2)[1]));
    }

    private static Set<String> names(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(toCollection(TreeSet::new));
    }

    private static double meanDifference(BufferedImage one, BufferedImage other) {
        int width = one.getWidth();
        int height = one.getHeight();
        int[] mine = one.getRaster().getPixels(0, 0, width, height, (int[]) null);
        int[] theirs = other.getRaster().getPixels(0, 0, width, height, (int[]) null);
        assertThat(mine).hasSameSizeAs(theirs);
        long sum = 0;
        for (int i = 0; i < mine.length; i++) {
            sum += Math.abs(mine[i] - theirs[i]);
        }
        return (double) sum / mine.length;
    }

    @ParameterizedTest
    @ValueSource(strings = {"draft", "bw", "thumbnail", "transpose"})
    void whatIsNoPictureIsAnsweredWithAProblem(String name, @TempDir Path folder) throws Exception {
        Path answer = folder.resolve("answer.json");

        assertThat(post(name, "garbage.bin", answer)).isEqualTo("415 application/problem+json");

        assertThat(answer).content().contains("\"status\"", "\"detail\"", "\"callId\"", "JPEG");
    }

    @ParameterizedTest
    @ValueSource(strings = {"draft", "bw", "thumbnail", "transpose"})
    void aGetSaysHowToUseIt(String name) throws Exception {
        assertThat(curl(name)).contains("curl --data-binary @photo.jpg", "quality", "autorotate", "width", "height");
    }
}
