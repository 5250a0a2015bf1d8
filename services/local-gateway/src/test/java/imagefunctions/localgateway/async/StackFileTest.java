package imagefunctions.localgateway.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StackFileTest {
    private final Path file;

    StackFileTest(@TempDir Path folder) {
        file = folder.resolve("stack.yml");
    }

    @Test
    void functionsAskForQueuesByAnAnnotation() throws Exception {
        Files.writeString(file, """
                provider:
                  name: openfaas
                functions:
                  loadimages:
                    annotations: &slow
                      topic: none
                      com.openfaas.queue: slow
                  processimages:
                    annotations: *slow
                  draft:
                    annotations:
                  bw:
                    image: bw
                """);

        assertThat(StackFile.queues(file)).isEqualTo(Map.of("loadimages", "slow", "processimages", "slow"));
    }

    @Test
    void noneOfOurFunctionsAsksForOne() {
        assertThat(StackFile.queues(Path.of("../../stack.yml"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "functions: draft | stack.yml:1: expected a mapping",
                "functions: {draft: {annotations: {com.openfaas.queue: Slow One}}} | a queue's name has 1 to 32 small letters",
                "functions: [ | this is not YAML",
            })
    void whatIsNoStackFileIsRefusedByItsLine(String text, String why) throws Exception {
        Files.writeString(file, text);

        assertThatThrownBy(() -> StackFile.queues(file)).hasMessageContaining(why);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> StackFile.queues(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("IMAGE_FUNCTIONS_STACK")
                .hasMessageContaining(file.toString());
    }
}
