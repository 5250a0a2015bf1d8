package imagefunctions.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SecretsTest {
    private static Secrets written(Path folder) throws Exception {
        for (String file : List.of("first/both", "first/access-key", "second/both", "second/only_here")) {
            Path secret = folder.resolve(file);
            Files.createDirectories(secret.getParent());
            Files.writeString(secret, "of " + file + "\n");
        }
        return new Secrets(List.of(folder.resolve("missing"), folder.resolve("first"), folder.resolve("second")));
    }

    @ParameterizedTest
    @CsvSource({
        "both,       of first/both",
        "only_here,  of second/only_here",
        "access_key, of first/access-key",
        "nowhere,    as set",
        "'',         as set"
    })
    void theFirstFolderThatHasTheFileCountsAndThenTheSetting(String name, String value, @TempDir Path folder)
            throws Exception {
        assertThat(written(folder).get(name, Optional.of("as set"))).hasValue(value);
    }

    @Test
    void aSecretThatIsNotThereIsNone(@TempDir Path folder) throws Exception {
        assertThat(written(folder).get("nowhere")).isEmpty();
    }
}
