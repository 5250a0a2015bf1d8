package imagefunctions.localgateway.pictures;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What makes a function's answers other ones: the release, and for chaining its workflow files as they were at the start. */
@Singleton
final class FunctionVersions {
    private static final String CHAINING = "chaining";

    private final String release;
    private final String workflows;

    FunctionVersions(
            @ConfigProperty(name = "quarkus.application.version") String release,
            @ConfigProperty(name = "image-functions.workflows") Optional<Path> folder) {
        this.release = release;
        this.workflows =
                Hash.of(folder.map(FunctionVersions::contents).orElse(List.of()).toArray(String[]::new));
    }

    String of(String function) {
        return function.equals(CHAINING) ? release + " " + workflows : release;
    }

    private static List<String> contents(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<String> contents = new ArrayList<>();
            for (Path file : files.filter(it -> it.toString().matches(".*\\.ya?ml"))
                    .sorted()
                    .toList()) {
                contents.add(file.getFileName() + "\n" + Files.readString(file));
            }
            return contents;
        } catch (IOException e) {
            throw new UncheckedIOException("The workflow files in " + folder + " cannot be read.", e);
        }
    }
}
