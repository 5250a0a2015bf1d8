package imagefunctions.workflowruns;

import imagefunctions.folders.DurableFiles;
import imagefunctions.folders.PrivateFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs in a folder: a folder {@code ID.run} each, a file for every document. */
public final class FolderRuns implements RunStore {
    private static final String SUFFIX = ".run";
    /** Longer than any write takes: what is older was left by a process that ended. */
    private static final Duration WRITTEN_BY_NOW = Duration.ofHours(1);

    private final Path folder;

    public FolderRuns(Path folder) {
        this.folder = folder;
    }

    @Override
    public boolean create(String run, String document, byte[]... content) throws IOException {
        try {
            return DurableFiles.create(made(run).resolve(document), content);
        } catch (NoSuchFileException deletedMeanwhile) {
            return DurableFiles.create(made(run).resolve(document), content);
        }
    }

    @Override
    public void replace(String run, String document, byte[]... content) throws IOException {
        DurableFiles.replace(made(run).resolve(document), content);
    }

    private Path made(String run) throws IOException {
        Path path = path(run);
        if (!Files.isDirectory(path)) {
            PrivateFolder.make(path);
        }
        return path;
    }

    private Path path(String run) {
        return folder.resolve(run + SUFFIX);
    }

    @Override
    public Optional<InputStream> open(String run, String document) throws IOException {
        try {
            return Optional.of(Files.newInputStream(path(run).resolve(document)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public void delete(String run, String document) throws IOException {
        Files.deleteIfExists(path(run).resolve(document));
        try {
            Files.deleteIfExists(path(run));
        } catch (DirectoryNotEmptyException hasOthers) {
            // The folder goes with its last document.
        }
    }

    @Override
    public List<Document> documents(String run) throws IOException {
        List<Document> documents = new ArrayList<>();
        try (Stream<Path> files = Files.list(path(run))) {
            for (Path file : files.sorted().toList()) {
                document(file).ifPresent(documents::add);
            }
        } catch (NoSuchFileException | NotDirectoryException none) {
            // There is no such run.
        }
        return documents;
    }

    private static Optional<Document> document(Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            Instant written = attributes.lastModifiedTime().toInstant();
            if (!DurableFiles.isPart(file)) {
                return Optional.of(new Document(file.getFileName().toString(), attributes.size(), written));
            }
            if (written.isBefore(Instant.now().minus(WRITTEN_BY_NOW))) {
                Files.deleteIfExists(file);
            }
            return Optional.empty();
        } catch (NoSuchFileException deletedMeanwhile) {
            return Optional.empty();
        }
    }

    @Override
    public List<Stored> runs(String after, int limit) throws IOException {
        List<String> ids;
        try (Stream<Path> folders = Files.list(folder)) {
            ids = folders.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .filter(id -> id.compareTo(after) > 0)
                    .sorted()
                    .limit(limit)
                    .toList();
        } catch (NoSuchFileException none) {
            return List.of();
        }
        List<Stored> runs = new ArrayList<>();
        for (String id : ids) {
            runs.add(new Stored(id, documents(id)));
        }
        return runs;
    }
}
