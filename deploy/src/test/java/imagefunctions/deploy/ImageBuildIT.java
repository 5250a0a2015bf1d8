package imagefunctions.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the image build makes of a packaged function: a Java of its own, and an AOT cache of both. */
final class ImageBuildIT {
    private static final Path APPLICATION =
            Path.of("target", "draft", "quarkus-app").toAbsolutePath();
    private static final String JAR = APPLICATION.resolve("quarkus-run.jar").toString();

    @TempDir
    private static Path folder = Path.of("");

    private static String java = "";

    @BeforeAll
    static void link() throws Exception {
        Path linked = folder.resolve("java");
        Command.run(
                folder,
                FunctionProcess.java(),
                script("Link.java"),
                System.getProperty("java.home"),
                APPLICATION.toString(),
                linked.toString());
        java = linked.resolve("bin/java").toString();
    }

    private static String script(String name) throws IOException {
        return Yaml.path("template/java-quarkus-ppc64le/image/" + name)
                .toRealPath()
                .toString();
    }

    @Test
    void theLinkedJavaHasWhatTheFunctionNamesAndNoTools() throws Exception {
        List<String> modules = Command.run(folder, java, "--list-modules")
                .lines()
                .map(line -> line.replaceFirst("@.*", ""))
                .toList();

        assertThat(modules).contains("java.base", "java.desktop", "java.net.http", "jdk.unsupported", "jdk.zipfs");
        assertThat(modules).doesNotContain("jdk.compiler", "jdk.jlink", "jdk.jshell");
        assertThat(folder.resolve("java/bin")).isDirectoryNotContaining(file -> !file.endsWith("java"));
    }

    @Test
    void aTrainedFunctionStartsFromItsCacheOnTheLinkedJava() throws Exception {
        Path cache = folder.resolve("function.aot");
        Path photos = Files.createDirectory(folder.resolve("photos"));
        Files.copy(Yaml.path("samples/fixtures/640x480.jpg"), photos.resolve("photo.jpg"));

        assertThat(train(cache, photos)).contains("POST", " 200\n").endsWith(" bytes.\n");
        assertThat(train(cache, photos)).startsWith("There is an AOT cache already");

        try (FunctionProcess function = FunctionProcess.start(
                List.of(java, "-XX:AOTCache=" + cache, "-XX:AOTMode=on", "-jar", JAR), Map.of())) {
            assertThat(function.post(photos.resolve("photo.jpg")).headers().firstValue("Content-Type"))
                    .hasValue("image/jpeg");
        }
    }

    private static String train(Path cache, Path photos) throws Exception {
        Path classes = folder.resolve("training");
        Command.run(folder, FunctionProcess.java() + "c", "-d", classes.toString(), script("Train.java"));
        return Command.run(folder, java, "-cp", classes.toString(), "Train", JAR, cache.toString(), photos.toString());
    }
}
