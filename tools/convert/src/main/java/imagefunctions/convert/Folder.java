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

/** A folder with its subfolders; of it, the files that are named like pictures. */
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
                    visitor.visit(picture(file));
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

    private Picture picture(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new Picture(
                root.relativize(file).toString(),
                attributes.size() + "-" + attributes.lastModifiedTime().toMillis(),
                attributes.size(),
                attributes.lastModifiedTime().toInstant());
    }

    @Override
    public InputStream open(Picture picture) throws IOException {
        return Files.newInputStream(file(picture));
    }

    /** A file beside the results names the function that made them: those of another function are not overwritten. */
    @Override
    public void check(String function) throws IOException {
        Path mark = root.resolve(MARK);
        if (Files.exists(mark) && !Files.readString(mark).equals(function)) {
            throw new IOException(root + " holds the results of " + Files.readString(mark)
                    + ": give another --to, or empty the folder.");
        }
    }

    @Override
    public boolean has(Picture picture, String function) throws IOException {
        Path file = file(picture);
        return Files.exists(file)
                && !Files.getLastModifiedTime(file).toInstant().isBefore(picture.lastModified());
    }

    @Override
    public Path part(Picture picture) throws IOException {
        Path folder = file(picture).getParent();
        Files.createDirectories(folder);
        return Files.createTempFile(folder, ".convert-", ".part");
    }

    @Override
    public void keep(Picture picture, Path part, String type, String function) throws IOException {
        Files.writeString(root.resolve(MARK), function);
        Files.move(part, file(picture), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** An object's name may lead upwards; a result never leaves the folder. */
    private Path file(Picture picture) throws IOException {
        Path file;
        try {
            file = root.resolve(picture.name()).normalize();
        } catch (InvalidPathException e) {
            throw new IOException("No file can have this name.", e);
        }
        if (!file.startsWith(root) || file.equals(root)) {
            throw new IOException("The name leads out of the folder.");
        }
        return file;
    }
}
