package imagefunctions.convert;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** A folder with all its folders; of it, the files that are called like pictures. */
record Folder(Path root) implements Location {
    private static final String MARK = ".converted-by";
    private static final Set<String> EXTENSIONS = Set.of("jpg", "jpeg", "png", "gif", "webp", "bmp", "tif", "tiff");

    @Override
    public void walk(Visitor visitor) throws IOException, InterruptedException {
        if (!Files.isDirectory(root)) {
            throw new IOException("There is no folder " + root + ".");
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Iterator<Path> each = files.iterator(); each.hasNext(); ) {
                Path file = each.next();
                if (isPicture(file)) {
                    visitor.visit(item(file));
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    boolean holds(Folder other) {
        return other.root.startsWith(root);
    }

    private static boolean isPicture(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return !name.startsWith(".")
                && EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1))
                && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    private Picture item(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new Picture(
                root.relativize(file).toString(),
                attributes.size() + "-" + attributes.lastModifiedTime().toMillis(),
                attributes.size(),
                attributes.lastModifiedTime().toInstant());
    }

    @Override
    public InputStream open(Picture item) throws IOException {
        return Files.newInputStream(file(item));
    }

    /** A file beside the results says what made them: those of one function are not taken for another's. */
    @Override
    public void check(String function) throws IOException {
        Path mark = root.resolve(MARK);
        if (Files.exists(mark) && !Files.readString(mark).equals(function)) {
            throw new IOException(root + " holds the results of " + Files.readString(mark)
                    + ": give another --to, or empty the folder.");
        }
    }

    @Override
    public boolean has(Picture item, String function) throws IOException {
        Path file = file(item);
        return Files.exists(file)
                && !Files.getLastModifiedTime(file).toInstant().isBefore(item.lastModified());
    }

    @Override
    public Path part(Picture item) throws IOException {
        Path folder = file(item).getParent();
        Files.createDirectories(folder);
        return Files.createTempFile(folder, ".convert-", ".part");
    }

    @Override
    public void keep(Picture item, Path part, String type, String function) throws IOException {
        Files.writeString(root.resolve(MARK), function);
        Files.move(part, file(item), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** An object's name may climb; a result never leaves the folder. */
    private Path file(Picture item) throws IOException {
        Path file;
        try {
            file = root.resolve(item.name()).normalize();
        } catch (InvalidPathException e) {
            throw new IOException("No file can have this name.", e);
        }
        if (!file.startsWith(root) || file.equals(root)) {
            throw new IOException("The name leads out of the folder.");
        }
        return file;
    }
}
