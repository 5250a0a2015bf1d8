package imagefunctions.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The units, as systemd itself reads them. */
@EnabledIf(value = "systemdIsThere", disabledReason = "systemd-analyze is not there: apt-get install systemd")
final class SystemdTest {
    private static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");

    static boolean systemdIsThere() {
        return Files.isExecutable(ANALYZE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"image-functions", "image-functions-receiver"})
    void systemdUnderstandsEachLineOfAUnit(String name, @TempDir Path folder) throws Exception {
        String unit = Files.readString(Yaml.path("deploy/systemd/" + name + ".service"));
        Path file = Files.writeString(
                folder.resolve(name + ".service"), unit.replace("/usr/bin/java", FunctionProcess.java()));

        // It answers with success to lines that it passes over, too.
        assertThat(Command.run(folder, ANALYZE.toString(), "verify", "--man=no", file.toString()))
                .isEmpty();
    }
}
