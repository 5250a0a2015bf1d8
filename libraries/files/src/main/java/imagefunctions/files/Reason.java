package imagefunctions.files;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.util.Objects;

/** Why something failed, in words: the message of many an exception is a path, or nothing. */
public final class Reason {
    private Reason() {}

    /** The kind of fault, and the file if it was with one: {@code Permission denied: photos/a.jpg}. */
    public static String of(Throwable failure) {
        Throwable cause = failure.getCause();
        if (failure instanceof UncheckedIOException && cause != null) {
            return of(cause);
        }
        if (failure instanceof FileSystemException fault) {
            return fault.getFile() == null ? kind(fault) : kind(fault) + ": " + fault.getFile();
        }
        return Objects.requireNonNullElse(
                failure.getMessage(), failure.getClass().getSimpleName());
    }

    private static String kind(FileSystemException fault) {
        String reason = fault.getReason();
        if (reason != null) {
            return reason;
        }
        return switch (fault) {
            case AccessDeniedException e -> "Permission denied";
            case NoSuchFileException e -> "No such file or folder";
            case FileAlreadyExistsException e -> "A file of this name exists";
            case NotDirectoryException e -> "Not a folder";
            case DirectoryNotEmptyException e -> "The folder is not empty";
            case FileSystemLoopException e -> "A link that leads back to its own folder";
            case NotLinkException e -> "Not a link";
            default -> "The file system failed";
        };
    }
}
