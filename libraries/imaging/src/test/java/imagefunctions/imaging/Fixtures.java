package imagefunctions.imaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** The generated pictures in samples/, and what an independent program made of them. */
final class Fixtures {

    private static final Path SAMPLES = Path.of("..", "..", "samples");

    private static final Pattern REFUSED = Pattern.compile("\"file\": \"([^\"]+)\"[^}]*\"error\": \"([^\"]+)\"");

    private Fixtures() {}

    static byte[] file(String name) {
        return bytes(SAMPLES.resolve("fixtures").resolve(name));
    }

    /** A photo in samples/ itself. */
    static byte[] photo(String name) {
        return bytes(SAMPLES.resolve(name));
    }

    static byte[] reference(String name) {
        return bytes(SAMPLES.resolve("references").resolve(name));
    }

    static List<String> references() {
        return names("references");
    }

    static List<String> files() {
        return names("fixtures");
    }

    /** The files that must be read. */
    static List<String> readable() {
        List<Object> refused = refused().stream().map(entry -> entry.get()[0]).toList();
        return files().stream().filter(file -> !refused.contains(file)).toList();
    }

    /** The files that must be refused, with the kind of error. */
    static List<Arguments> refused() {
        String entries = new String(bytes(SAMPLES.resolve("fixtures.json")), StandardCharsets.UTF_8);
        return REFUSED.matcher(entries)
                .results()
                .map(entry -> Arguments.of(entry.group(1), entry.group(2)))
                .toList();
    }

    private static List<String> names(String folder) {
        try (Stream<Path> files = Files.list(SAMPLES.resolve(folder))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
