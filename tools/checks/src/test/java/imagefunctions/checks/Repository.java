package imagefunctions.checks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The files of this repository. */
final class Repository {
    static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Set<String> MADE = Set.of("target", "build", "data", ".git", "node_modules");

    private Repository() {}

    static String text(String path) throws IOException {
        return Files.readString(ROOT.resolve(path));
    }

    /** All files whose name ends so, without what builds and runs made. */
    static List<Path> files(String end) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(end))
                    .filter(file -> Stream.of(ROOT.relativize(file).toString().split("/"))
                            .noneMatch(MADE::contains))
                    .sorted()
                    .toList();
        }
    }
}
