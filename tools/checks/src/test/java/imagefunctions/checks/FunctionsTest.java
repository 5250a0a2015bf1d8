package imagefunctions.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The places that name every function. */
final class FunctionsTest {
    private static List<Module> modules = List.of();
    private static List<String> functions = List.of();

    @BeforeAll
    static void read() throws Exception {
        modules = Modules.of(Repository.ROOT);
        try (Stream<Path> folders = Files.list(Repository.ROOT.resolve("functions"))) {
            functions = folders.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .map(folder -> folder.getFileName().toString())
                    .toList();
        }
    }

    @Test
    void everyFunctionIsAModuleOfTheRootPom() {
        assertThat(modules.stream().map(Module::path))
                .containsAll(functions.stream().map(name -> "functions/" + name).toList());
    }

    @Test
    void theLocalGatewayHasEveryFunction() {
        Set<String> used = modules.stream()
                .filter(module -> module.path().equals("services/local-gateway"))
                .findFirst()
                .orElseThrow()
                .uses();

        assertThat(used).as("services/local-gateway/pom.xml").containsAll(functions);
    }
}
