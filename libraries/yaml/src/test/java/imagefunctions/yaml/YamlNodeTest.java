package imagefunctions.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class YamlNodeTest {
    private static final int MEBIBYTE = 1 << 20;

    @Test
    void aFileLargerThanAnybodyWritesIsRefusedUnread(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("rules.yml");
        String begin = "rules: []\n#";

        Files.writeString(file, begin + "x".repeat(MEBIBYTE - begin.length()));
        assertThat(YamlNode.textOf(file)).hasSize(MEBIBYTE);

        Files.writeString(file, begin + "x".repeat(MEBIBYTE - begin.length() + 1));
        assertThatThrownBy(() -> YamlNode.textOf(file))
                .isInstanceOf(InvalidFileException.class)
                .hasMessage("rules.yml:1: the file is too large: at most 1048576 bytes are allowed");
    }
}
