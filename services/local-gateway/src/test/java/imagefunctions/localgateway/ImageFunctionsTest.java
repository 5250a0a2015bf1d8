package imagefunctions.localgateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
final class ImageFunctionsTest {
    private static final Path SAMPLES = Path.of("../../samples");
    private static byte[] photo;

    @BeforeAll
    static void readPhoto() throws Exception {
        photo = Files.readAllBytes(SAMPLES.resolve("seeding.jpg"));
    }

    /** The sample is 1920 x 1080. */
    @ParameterizedTest
    @CsvSource({
        "draft,                                   240,  135, 1",
        "draft?size=500,                          960,  540, 1",
        "bw,                                     1920, 1080, 1",
        "bw?width=100,                            100,   56, 1",
        "thumbnail,                               128,   72, 3",
        "thumbnail?width=320&height=320,          320,  180, 3",
        "transpose,                              1920, 1080, 3",
        "transpose?method=rotate_90&quality=50,  1080, 1920, 3"
    })
    void everyFunctionAnswersWithAPictureOfItsSize(String path, int width, int height, int bands) throws Exception {
        var response = Http.post("/function/" + path, photo);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("image/jpeg");
        assertPicture(response.body(), width, height, bands);
    }

    @ParameterizedTest
    @ValueSource(strings = {"draft", "bw", "thumbnail", "transpose"})
    void theCopyrightIsKeptOnlyIfThatIsAskedFor(String function) throws Exception {
        byte[] picture = Files.readAllBytes(Path.of("../../libraries/imaging/src/test/resources/credit/photo.jpg"));

        byte[] kept =
                Http.post("/function/" + function + "?keep=copyright", picture).body();
        byte[] dropped = Http.post("/function/" + function, picture).body();

        assertThat(new String(kept, StandardCharsets.UTF_8)).contains("(c) 2026 Zoë Müller", "Agency");
        assertThat(new String(kept, StandardCharsets.UTF_8)).doesNotContain("Berlin");
        assertThat(new String(dropped, StandardCharsets.UTF_8)).doesNotContain("Zoë", "Agency");
    }

    @ParameterizedTest
    @CsvSource({
        "transpose,                       true",
        "transpose?method=rotate_90,      true",
        "transpose?gainmap=drop,          false",
        "transpose?quality=80,            false",
        "thumbnail,                       false",
        "bw,                              false",
        "draft,                           false"
    })
    void theGainMapOfAnHdrPhotoGoesAlongWhereItFits(String path, boolean kept) throws Exception {
        byte[] photo = Files.readAllBytes(Path.of("../../libraries/imaging/src/test/resources/gainmap/xmp.jpg"));

        String answer = new String(Http.post("/function/" + path, photo).body(), StandardCharsets.ISO_8859_1);

        assertThat(answer.contains("hdrgm:GainMapMax=\"2.25\"")).isEqualTo(kept);
        assertThat(answer.contains("MPF")).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource({"animated.gif, 2", "transparent.gif, ", "photo.jpg, "})
    void anAnswerSaysOfHowManyFramesItShowsTheFirst(String file, @Nullable String frames) throws Exception {
        byte[] picture = Files.readAllBytes(SAMPLES.resolve("fixtures").resolve(file));
        for (String function : List.of("draft", "bw", "thumbnail", "transpose")) {
            var response = Http.post("/function/" + function, picture);

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("X-Frames")).isEqualTo(Optional.ofNullable(frames));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "bw,        seeding.jpg,             coefficients, none",
        "transpose, fixtures/7x9.jpg,        coefficients, none",
        "bw,        fixtures/rgb.png,        pixels,       other_format",
        "draft,     fixtures/cmyk-adobe.jpg, pixels,       other_coding"
    })
    void picturesAreCountedByThePathTheyTook(String function, String file, String way, String why) throws Exception {
        String counter = "function_pictures_total{function=\"%s\",way=\"%s\",why=\"%s\"".formatted(function, way, why);
        double before = metric(counter);

        Http.post("/function/" + function, Files.readAllBytes(SAMPLES.resolve(file)));

        assertThat(metric(counter)).isEqualTo(before + 1);
    }

    /** Its value, 0 if it has none yet. */
    private static double metric(String counter) throws Exception {
        return Http.send("GET", "/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(counter))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    @ParameterizedTest
    @ValueSource(strings = {"draft", "bw", "thumbnail", "transpose"})
    void curlWithoutAContentTypeGetsThePicture(String function, @TempDir Path folder) throws Exception {
        Path answer = folder.resolve("answer.jpg");
        Process curl = new ProcessBuilder(
                        "curl",
                        "-sS",
                        "--fail",
                        "--data-binary",
                        "@" + SAMPLES.resolve("seeding.jpg"),
                        Http.at("/function/" + function).toString(),
                        "-o",
                        answer.toString())
                .inheritIO()
                .start();

        assertThat(curl.waitFor()).isZero();
        assertThat(ImageIO.read(answer.toFile())).isNotNull();
    }

    @Test
    void functionsPipe() throws Exception {
        byte[] rotated = Http.post("/function/transpose", photo).body();
        byte[] grey = Http.post("/function/bw", rotated).body();

        assertPicture(Http.post("/function/thumbnail", grey).body(), 128, 72, 1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    bw?colour=red        | photo     | 400 | colour
                    bw?quality=0         | photo     | 400 | quality=0 is not allowed
                    bw?width=1&width=2   | photo     | 400 | "width" is given 2 times
                    bw?size=10           | photo     | 400 | size
                    bw?keep=gps          | photo     | 400 | copyright or nothing
                    bw?cores=2           | photo     | 400 | give 1 or all
                    transpose?method=no  | photo     | 400 | rotate_180
                    thumbnail?width=-1   | photo     | 400 | width=-1
                    draft                | empty     | 415 | not a single byte
                    draft                | garbage   | 415 | JPEG
                    thumbnail            | truncated | 422 | Send the whole, undamaged file again
                    bw                   | huge      | 413 | 65535 x 65535
                    """)
    void everyMistakeIsExplainedToItsCaller(String path, String body, int status, String detail) throws Exception {
        var response = Http.post("/function/" + path, body(body));

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = new ObjectMapper().readTree(response.body());
        assertThat(problem.path("detail").asText()).contains(detail);
        assertThat(response.headers().firstValue("X-Call-Id"))
                .hasValue(problem.path("callId").asText());
    }

    @Test
    void anUnsupportedMethodIsAnsweredWithTheAllowedOnes() throws Exception {
        var response = Http.send("DELETE", "/function/bw");

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).hasValue("GET, HEAD, POST, PUT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"draft", "bw", "thumbnail", "transpose"})
    void aGetSaysHowToUseTheFunction(String function) throws Exception {
        var response = Http.send("GET", "/function/" + function);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
        assertThat(response.body())
                .contains("curl --data-binary @photo.jpg " + Http.at("/function/" + function))
                .contains("quality", "autorotate", "width", "height");
    }

    private static byte[] body(String kind) {
        return switch (kind) {
            case "photo" -> photo;
            case "empty" -> new byte[0];
            case "garbage" -> "no picture at all".getBytes(StandardCharsets.UTF_8);
            case "truncated" -> Arrays.copyOf(photo, photo.length / 2);
            case "huge" -> huge();
            default -> throw new IllegalArgumentException(kind);
        };
    }

    /** The photo with a frame header that says 65535 x 65535. */
    private static byte[] huge() {
        byte[] huge = photo.clone();
        for (int i = 2; ; i += 2 + (((huge[i + 2] & 0xFF) << 8) | (huge[i + 3] & 0xFF))) {
            if (huge[i + 1] == (byte) 0xC0 || huge[i + 1] == (byte) 0xC2) {
                Arrays.fill(huge, i + 5, i + 9, (byte) 0xFF);
                return huge;
            }
        }
    }

    private static void assertPicture(byte[] jpeg, int width, int height, int bands) throws Exception {
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(jpeg));
        assertThat(picture.getWidth()).isEqualTo(width);
        assertThat(picture.getHeight()).isEqualTo(height);
        assertThat(picture.getRaster().getNumBands()).isEqualTo(bands);
    }
}
