package imagefunctions.convert;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** A file's size and time, to be compared for equality: a file that replaces another may be older. */
final class FileVersion {
    private FileVersion() {}

    static String of(BasicFileAttributes attributes) {
        return attributes.size() + "-" + attributes.lastModifiedTime();
    }

    /** Of what is there under this name, if it is only a link; nothing if nothing is. */
    static Optional<String> of(Path file) throws IOException {
        try {
            return Optional.of(of(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)));
        } catch (NoSuchFileException nothing) {
            return Optional.empty();
        }
    }
}
