package imagefunctions.convert;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * A folder with its subfolders.
 *
 * @param root its real path, also if it is not there yet
 */
record Folder(Path root) implements Location {

    static Folder of(Path folder) throws IOException {
        return new Folder(real(folder.toAbsolutePath()));
    }

    private static Path real(Path path) throws IOException {
        Path parent = path.getParent();
        return parent == null || Files.exists(path)
                ? path.toRealPath()
                : real(parent).resolve(path.getFileName()).normalize();
    }

    @Override
    public void walk(Location results, Visitor visitor) throws IOException {
        Files.walkFileTree(
                root,
                Set.of(FileVisitOption.FOLLOW_LINKS),
                Integer.MAX_VALUE,
                new FolderWalk(root, file -> results instanceof Folder other && file.startsWith(other.root), visitor));
    }

    @Override
    public InputStream open(Picture picture) throws IOException {
        return Files.newInputStream(root.resolve(picture.name()));
    }

    /** Whoever reaches the same folder by another path, such as a mount, is found, too. */
    @Override
    public boolean holds(Location other) throws IOException {
        if (other instanceof Folder folder && Files.exists(root)) {
            for (Path outer = folder.root; outer != null; outer = outer.getParent()) {
                if (Files.exists(outer) && Files.isSameFile(outer, root)) {
                    return true;
                }
            }
        }
        return other.equals(this);
    }

    @Override
    public Results results(String function, boolean dryRun) throws IOException {
        return FolderResults.open(root, function, dryRun);
    }
}
