package imagefunctions.convert;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;

/** Results in a folder, with a record of what runs made there. */
final class FolderResults implements Results {
    private final Path root;
    private final ConversionRecord record;

    private FolderResults(Path root, ConversionRecord record) {
        this.root = root;
        this.record = record;
    }

    static FolderResults open(Path root, String function, boolean dryRun) throws IOException {
        if (dryRun) {
            return new FolderResults(root, ConversionRecord.read(root, function));
        }
        Files.createDirectories(root);
        FolderResults results = new FolderResults(root, ConversionRecord.open(root, function));
        results.deleteParts();
        return results;
    }

    /** Those of a run that was killed. */
    private void deleteParts() throws IOException {
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(root, ConversionRecord.PART + "*")) {
            for (Path part : parts) {
                Files.delete(part);
            }
        }
    }

    @Override
    public boolean isDone(Picture picture) throws IOException {
        Path file = file(picture);
        Optional<String> there = FileVersion.of(file);
        if (there.isPresent() && !record.made(picture.name(), there.get())) {
            throw new IOException("No run of convert made what is there under this name, or it was changed since:"
                    + " move it away, or give another --to: " + file);
        }
        return there.isPresent() && record.made(picture, there.get());
    }

    /** Its permissions are what the user's umask leaves, which those of a temporary file are not. */
    @Override
    public Path part(Picture picture) throws IOException {
        return Files.createFile(root.resolve(ConversionRecord.PART + UUID.randomUUID()));
    }

    /** Recorded first: what is killed in between leaves the older result, which has a line of its own. */
    @Override
    public synchronized void keep(Picture picture, Path part, String type) throws IOException {
        isDone(picture);
        Path file = file(picture);
        Path folder = Files.createDirectories(file.getParent());
        if (!folder.toRealPath().startsWith(root)) {
            throw new IOException("A link leads out of --to here: " + folder);
        }
        record.add(picture, FileVersion.of(part).orElseThrow());
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** An object's name may lead upwards; a result never leaves the folder. */
    private Path file(Picture picture) throws IOException {
        try {
            Path file = root.resolve(picture.name()).normalize();
            if (!file.startsWith(root) || file.equals(root)) {
                throw new IOException("The name leads out of the folder.");
            }
            return file;
        } catch (InvalidPathException e) {
            throw new IOException("No file can have this name.", e);
        }
    }

    @Override
    public void close() throws IOException {
        record.close();
    }
}
