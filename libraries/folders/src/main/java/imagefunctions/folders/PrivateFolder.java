package imagefunctions.folders;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/** Makes folders and files that only their owner can read, where the file system has permissions. */
public final class PrivateFolder {
    private static final System.Logger LOG = System.getLogger(PrivateFolder.class.getName());
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER_ONLY_FILE = PosixFilePermissions.fromString("rw-------");
    private static final FileAttribute<?>[] ANY = {};

    private PrivateFolder() {}

    /**
     * Makes the folder and those above it that are missing; on return they survive a power cut.
     *
     * <p>One that is there already is closed to other users, unless they may write to it: such a folder is shared on
     * purpose, as the one for temporary files is.
     */
    public static Path make(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            tighten(folder);
            return folder;
        }
        Deque<Path> missing = new ArrayDeque<>();
        for (Path each = folder.toAbsolutePath(); each != null && !Files.exists(each); each = each.getParent()) {
            missing.push(each);
        }
        try {
            // Another may make them at the same time.
            Files.createDirectories(folder, attributes(folder, OWNER_ONLY));
        } catch (FileAlreadyExistsException e) {
            throw new NotDirectoryException(e.getFile());
        }
        for (Path made : missing) {
            force(made.resolveSibling(""));
        }
        return folder;
    }

    private static void tighten(Path folder) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(folder, PosixFileAttributeView.class);
        if (view == null) {
            LOG.log(System.Logger.Level.WARNING, "{0} has no permissions: others may read what is in it.", folder);
            return;
        }
        Set<PosixFilePermission> now = view.readAttributes().permissions();
        if (now.equals(OWNER_ONLY) || now.contains(PosixFilePermission.OTHERS_WRITE)) {
            return;
        }
        try {
            view.setPermissions(OWNER_ONLY);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "Others may read what is in {0}: {1}", folder, e);
        }
    }

    /** Opens a new file for writing. */
    public static FileChannel newFile(Path file) throws IOException {
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                attributes(file, OWNER_ONLY_FILE));
    }

    private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> permissions) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : ANY;
    }

    /** Returns when the names in this folder survive a power cut. */
    public static void force(Path folder) throws IOException {
        // Opened each time: an interrupted thread would close a channel that stays open.
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
