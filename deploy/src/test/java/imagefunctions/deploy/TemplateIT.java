package imagefunctions.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import imagefunctions.testservers.ReservedPort;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The template as its users meet it: what the docs say is built, started and called. */
final class TemplateIT {
    private static final String LANGUAGE = "java-quarkus-ppc64le";

    // Outside the checkout, whose .mvn would otherwise be found from there.
    @TempDir
    private static Path folder = Path.of("");

    private static Path jar = Path.of("");

    @BeforeAll
    static void build() throws Exception {
        jar = NewFunction.build(folder);
    }

    @Test
    void theThreeCommandsOfTheDocsMakeAnApplication() throws Exception {
        assertThat(NewFunction.commands()).hasSize(3);
        assertThat(jar).isRegularFile();
        assertThat(folder.resolve("repository/imagefunctions/runtime")).isDirectory();
    }

    @Test
    void theScaffoldAnswersAtOnce() throws Exception {
        try (FunctionProcess function = FunctionProcess.start(jar, Map.of("QUARKUS_FUNQY_EXPORT", "handle"))) {
            assertThat(function.post("/", "text/plain", "you").body()).isEqualTo("Hello, you\n");
        }
    }

    @Test
    void theDocsHaveAnExampleOfEachKindOfAboutTenLines() throws Exception {
        assertThat(NewFunction.examples()).containsOnlyKeys("Measure", "Shout", "Add", "Sepia");
        assertThat(NewFunction.examples()).allSatisfy((name, example) -> assertThat(example.lines()
                        .dropWhile(line -> !line.equals("@Singleton"))
                        .filter(line -> !line.isBlank()))
                .hasSizeLessThanOrEqualTo(name.equals("Sepia") ? 20 : 10));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            measure | text/css         | a {}                  | text/css                  | a {}
            shout   | text/plain       | grüße                 | text/plain; charset=utf-8 | GRÜSSE
            add     | application/json | {"a": 19, "b": 23}    | application/json          | {"sum":42}
            handle  | text/plain       | you                   | text/plain; charset=utf-8 | Hello, you
            """)
    void theExamplesOfTheDocsAnswer(String function, String type, String body, String answered, String answer)
            throws Exception {
        try (FunctionProcess process = FunctionProcess.start(jar, Map.of("QUARKUS_FUNQY_EXPORT", function))) {
            var response = process.post("/", type, body);

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).hasValue(answered);
            assertThat(response.body().strip()).isEqualTo(answer);
        }
    }

    @Test
    void theExampleOverAPictureMakesItBrownish() throws Exception {
        try (FunctionProcess process = FunctionProcess.start(jar, Map.of("QUARKUS_FUNQY_EXPORT", "sepia"))) {
            var photo = process.post(Yaml.path("samples/seeding.jpg"));
            var text = process.post("/", "text/plain", "no picture");

            assertThat(photo.headers().firstValue("Content-Type")).hasValue("image/jpeg");
            BufferedImage sepia = ImageIO.read(new ByteArrayInputStream(photo.body()));
            assertThat(sepia.getWidth()).isEqualTo(1_920);
            Color middle = new Color(sepia.getRGB(960, 540));
            assertThat(middle.getRed()).isGreaterThan(middle.getGreen());
            assertThat(middle.getGreen()).isGreaterThan(middle.getBlue());
            assertThat(text.statusCode()).isEqualTo(415);
        }
    }

    @Test
    void twoFunctionsWithoutAChoiceDoNotStartAndAreNamed() {
        assertThatThrownBy(() -> FunctionProcess.start(jar, Map.of()))
                .hasMessageContaining("has [add, handle, measure, sepia, shout]: keep one");
    }

    @Test
    void faasCliMakesTheSameFunction(@TempDir Path empty) throws Exception {
        assumeTrue(Command.exists("faas-cli"), "faas-cli is not on the PATH");
        Files.createDirectory(empty.resolve("template"));
        Files.createSymbolicLink(empty.resolve("template/" + LANGUAGE), Yaml.path("template/" + LANGUAGE));

        String printed = Command.run(empty, "faas-cli", "new", "--lang", LANGUAGE, "hello");

        assertThat(printed).contains("Handler.java");
        for (String file : new String[] {"Handler.java", "pom.xml", "README.md"}) {
            assertThat(empty.resolve("hello/" + file))
                    .hasSameTextualContentAs(Yaml.path("template/" + LANGUAGE + "/function/" + file));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"draft", "chaining", "processimages"})
    void faasCliMakesTheSameBuildContextAsOurScript(String function) throws Exception {
        assumeTrue(Command.exists("faas-cli"), "faas-cli is not on the PATH");
        Path root = Yaml.path(".");

        Command.run(root, "faas-cli", "build", "--shrinkwrap", "--filter", function);
        Command.run(root, "deploy/test/context.sh", function);

        Command.run(root, "diff", "-r", "build/" + function, "target/images/context/" + function);
    }

    @Test
    void behindOfWatchdogAnswersAreTheSame() throws Exception {
        assumeTrue(Command.exists("of-watchdog"), "of-watchdog is not on the PATH");
        try (ReservedPort port = new ReservedPort();
                ReservedPort upstream = new ReservedPort()) {
            behindOfWatchdogAnswersAreTheSame(port, upstream);
        }
    }

    private static void behindOfWatchdogAnswersAreTheSame(ReservedPort port, ReservedPort upstream) throws Exception {
        Process watchdog = Command.start(
                Path.of("target"),
                Map.of(
                        "mode", "http",
                        "port", port.toString(),
                        "fprocess", FunctionProcess.java() + " -XX:+UseSerialGC -jar " + jar,
                        "upstream_url", upstream.url().toString(),
                        "ready_path", "/_/ready",
                        "healthcheck_interval", "1s",
                        "exec_timeout", "30s",
                        "QUARKUS_HTTP_PORT", upstream.toString(),
                        "QUARKUS_HTTP_HOST", "127.0.0.1",
                        "QUARKUS_FUNQY_EXPORT", "shout"),
                "of-watchdog");
        Thread.ofVirtual().start(() -> watchdog.inputReader().lines().forEach(line -> {}));
        try {
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> FunctionProcess.status(port.url().resolve("/_/ready")) == 200);

            var response = FunctionProcess.post(port.url(), "text/plain", "loud");

            assertThat(response.body()).isEqualTo("LOUD");
            assertThat(response.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
            assertThat(response.headers().firstValue("X-Call-Id")).isPresent();
            assertThat(response.headers().allValues("X-Duration-Seconds")).hasSize(1);
        } finally {
            try (Stream<ProcessHandle> children = watchdog.descendants()) {
                children.forEach(ProcessHandle::destroy);
            }
            watchdog.destroy();
            watchdog.waitFor();
        }
    }
}
