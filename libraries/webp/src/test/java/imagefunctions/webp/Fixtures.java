package imagefunctions.webp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Files in the resources, most made by cwebp, with what dwebp makes of them. */
final class Fixtures {
    private static final Path FOLDER = Path.of("src", "test", "resources", "webp");

    private Fixtures() {}

    /**
     * A file that has to be decoded.
     *
     * @param checksum the CRC32 of the PAM that dwebp makes of it
     * @param cuts for each of the cuts whether dwebp decodes what is left: 1 or 0
     */
    record Fixture(String name, String checksum, String cuts) {
        byte[] file() {
            return Fixtures.file(name);
        }

        /** Whether the last byte is padding, that of a chunk of an odd length. */
        boolean padded() {
            byte[] file = file();
            ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
            int at = 12;
            while (at + 8 + buffer.getInt(at + 4) < file.length - 1) {
                at += 8 + buffer.getInt(at + 4) + (buffer.getInt(at + 4) & 1);
            }
            return (buffer.getInt(at + 4) & 1) == 1;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Fixture> all() {
        try (Stream<String> lines = Files.lines(FOLDER.resolve("fixtures.txt"))) {
            return lines.map(line -> line.split(" "))
                    .map(parts -> new Fixture(parts[0], parts[1], parts[2]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] file(String name) {
        try {
            return Files.readAllBytes(path(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path path(String name) {
        return FOLDER.resolve(name);
    }
}
