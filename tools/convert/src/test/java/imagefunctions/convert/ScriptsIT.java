package imagefunctions.convert;

import static imagefunctions.convert.ConvertProcess.run;
import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.convert.ConvertProcess.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the command is started: by {@code ./run} in a checkout, and from the archive. */
final class ScriptsIT {
    private static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();

    private static Path installed = Path.of("");

    @AutoClose
    private final FunctionServer functions = new FunctionServer();

    @TempDir
    private Path caller = Path.of("");

    ScriptsIT() throws IOException {}

    /** A checkout that is built, and what the archive has of it. */
    @BeforeAll
    static void install(@TempDir Path folder) throws Exception {
        ProcessBuilder copy = new ProcessBuilder("bash", "-ec", """
                mkdir -p checkout/tools/convert/target checkout/services/{local-gateway,callback-receiver}/target/quarkus-app
                cp "$REPOSITORY/run" checkout/
                cp -R "$REPOSITORY/tools/run" checkout/tools/
                cp -R "$TARGET"/{classes,lib} checkout/tools/convert/target/
                touch checkout/services/{local-gateway,callback-receiver}/target/quarkus-app/quarkus-run.jar
                mkdir -p archive/{bin,lib/convert}
                cp "$REPOSITORY/deploy/dist/image-functions" archive/bin/
                cp -R "$REPOSITORY/tools/run" archive/lib/
                cp "$TARGET"/lib/*.jar "$JAR" archive/lib/convert/
                ln -s archive/bin/image-functions linked
                """)
                .directory(folder.toFile())
                .redirectErrorStream(true);
        copy.environment().put("REPOSITORY", REPOSITORY.toString());
        copy.environment().put("TARGET", ConvertProcess.TARGET.toString());
        copy.environment().put("JAR", ConvertProcess.jar().toString());
        assertThat(run(copy)).isEqualTo(new Run(0, ""));
        installed = folder;
    }

    @BeforeEach
    void picture() throws IOException {
        Files.writeString(Files.createDirectory(caller.resolve("photos")).resolve("a é.JPG"), "a");
    }

    private ProcessBuilder command(List<String> start, String locale) {
        ProcessBuilder command =
                ConvertProcess.command(caller, functions, "upper", "--from", "photos", "--to", "./small");
        List<String> words = command.command();
        command.command(words.subList(words.indexOf("imagefunctions.convert.Convert") + 1, words.size()));
        ConvertProcess.behind(command, start.toArray(String[]::new));
        command.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
        command.environment().put("LC_ALL", locale);
        command.environment().put("JAVA_HOME", ConvertProcess.JAVA_HOME.toString());
        return command;
    }

    @ParameterizedTest
    @CsvSource({
        "checkout/run, C",
        "checkout/run, ''",
        "checkout/run, de_DE.ISO-8859-1",
        "archive/bin/image-functions, C",
        "linked, POSIX"
    })
    void pathsAreTheCallersAndNamesAreUtf8InEveryLocale(String script, String locale) throws Exception {
        Run run = run(command(List.of(installed.resolve(script).toString(), "convert"), locale));

        assertThat(run.output()).contains("a é.JPG ").endsWith("1 converted, 0 skipped, 0 failed\n");
        assertThat(caller.resolve("small/a é.JPG")).hasContent("A");
        assertThat(installed.resolve("checkout/small")).doesNotExist();
    }

    @Test
    void withoutTheScriptsALocaleWithoutUtf8IsRefused() throws Exception {
        String java = ConvertProcess.JAVA_HOME.resolve("bin/java").toString();
        String classes = installed.resolve("archive/lib/convert") + "/*";

        Run run = run(command(List.of(java, "-cp", classes, "imagefunctions.convert.Convert"), "C"));

        assertThat(run.output()).contains("set LC_ALL, or LANG where LC_ALL and LC_CTYPE are not set, to C.UTF-8");
        assertThat(run.status()).isEqualTo(2);
        assertThat(functions.calls()).isZero();
    }
}
