package imagefunctions.convert;

import imagefunctions.reasons.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Says of each file below a folder what it is, and goes on past what it cannot read. */
final class FolderWalk implements FileVisitor<Path> {
    private final Path root;
    private final Predicate<Path> isResult;
    private final Location.Visitor visitor;

    /**
     * A walk that follows links.
     *
     * @param isResult of a real path: whether the results go there
     */
    FolderWalk(Path root, Predicate<Path> isResult, Location.Visitor visitor) {
        this.root = root;
        this.isResult = isResult;
        this.visitor = visitor;
    }

    private String name(Path file) {
        return root.relativize(file).toString();
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
        if (folder.equals(root)) {
            return FileVisitResult.CONTINUE;
        }
        Optional<Found> reason = reasonToSkip(folder, name(folder) + "/");
        if (reason.isEmpty()) {
            return FileVisitResult.CONTINUE;
        }
        visitor.visit(reason.get());
        return FileVisitResult.SKIP_SUBTREE;
    }

    private Optional<Found> reasonToSkip(Path folder, String name) {
        if (PictureNames.isHidden(name)) {
            return Optional.of(new LeftOut(name, LeftOut.Kind.HIDDEN));
        }
        try {
            return isResult.test(folder.toRealPath())
                    ? Optional.of(new LeftOut(name, LeftOut.Kind.RESULTS))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.of(new Unreadable(name, Reason.of(e)));
        }
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (!ConversionRecord.isOwn(file)) {
            visitor.visit(found(file, attributes));
        }
        return FileVisitResult.CONTINUE;
    }

    private Found found(Path file, BasicFileAttributes attributes) {
        String name = name(file);
        if (PictureNames.isHidden(name)) {
            return new LeftOut(name, LeftOut.Kind.HIDDEN);
        }
        // Links are followed: one that remains leads nowhere.
        if (attributes.isSymbolicLink()) {
            return new LeftOut(name, LeftOut.Kind.BROKEN_LINK);
        }
        if (!attributes.isRegularFile()) {
            return new LeftOut(name, LeftOut.Kind.OTHER);
        }
        try {
            if (Files.isSymbolicLink(file) && isResult.test(file.toRealPath())) {
                return new LeftOut(name, LeftOut.Kind.RESULTS);
            }
            if (!isPicture(file, name)) {
                return new LeftOut(name, LeftOut.Kind.OTHER);
            }
        } catch (IOException e) {
            return new Unreadable(name, Reason.of(e));
        }
        return file.equals(root.resolve(name))
                ? new Picture(name, FileVersion.of(attributes), attributes.size())
                : new Unreadable(name, "The bytes of its name are no UTF-8: rename it.");
    }

    private static boolean isPicture(Path file, String name) throws IOException {
        if (PictureNames.isPicture(name)) {
            return true;
        }
        try (InputStream content = Files.newInputStream(file)) {
            return FirstBytes.areOfAPicture(content);
        }
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
        String name = name(file);
        if (file.equals(root)) {
            throw failure;
        }
        if (PictureNames.isHidden(name)) {
            visitor.visit(new LeftOut(name, LeftOut.Kind.HIDDEN));
        } else if (failure instanceof FileSystemLoopException) {
            visitor.visit(new LeftOut(name, LeftOut.Kind.LOOP));
        } else {
            visitor.visit(new Unreadable(name, Reason.of(failure)));
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
        if (failure != null) {
            visitor.visit(new Unreadable(name(folder) + "/", Reason.of(failure)));
        }
        return FileVisitResult.CONTINUE;
    }
}
