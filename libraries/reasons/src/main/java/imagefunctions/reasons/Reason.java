package imagefunctions.reasons;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Says why something failed: the kind of fault first, and then what it concerns, which is all that some exceptions say. */
public final class Reason {
    private static final String ENDED = "The connection ended before all of the answer was there";
    private static final String LATE = "There was no answer in time";

    private Reason() {}

    /** Such as "Permission denied: /srv/photos"; never empty, and without a full stop. */
    public static String of(Throwable failure) {
        return switch (failure) {
            case FileSystemException e -> kind(e) + files(e);
            case UnknownHostException e -> "Unknown host: " + e.getMessage();
            case CharacterCodingException e -> "It is not text in the expected encoding";
            case EOFException e -> ENDED;
            // How HTTP clients wrap it, with their state in the message.
            case IOException e when e.getCause() instanceof EOFException -> ENDED;
            case SocketTimeoutException e -> LATE;
            case InterruptedIOException e when "timeout".equals(e.getMessage()) -> LATE;
            case ConnectException e when e.getMessage() == null -> "Connection refused";
            case UncheckedIOException e -> ofCause(e);
            case CompletionException e -> ofCause(e);
            case ExecutionException e -> ofCause(e);
            default -> said(failure, failure.getMessage());
        };
    }

    private static String ofCause(Exception wrapping) {
        Throwable cause = wrapping.getCause();
        return cause == null ? said(wrapping, wrapping.getMessage()) : of(cause);
    }

    /** In the words of who threw it, if there are any: the system's own exceptions of these kinds have none. */
    private static String kind(FileSystemException e) {
        String reason = e.getReason();
        if (reason != null && !reason.isBlank()) {
            return reason;
        }
        return switch (e) {
            case AccessDeniedException denied -> "Permission denied";
            case NoSuchFileException missing -> "No such file or directory";
            case FileAlreadyExistsException there -> "File exists";
            case DirectoryNotEmptyException full -> "Directory not empty";
            case NotDirectoryException file -> "Not a directory";
            case NotLinkException file -> "Not a link";
            case FileSystemLoopException loop -> "Too many levels of symbolic links";
            default -> e.getClass().getSimpleName();
        };
    }

    private static String files(FileSystemException e) {
        String file = e.getFile();
        String other = e.getOtherFile();
        if (file == null) {
            return "";
        }
        return ": " + file + (other == null ? "" : " -> " + other);
    }

    /** An exception without a message is given by its class' name. */
    private static String said(Throwable failure, @Nullable String words) {
        return words == null || words.isBlank() ? failure.getClass().getSimpleName() : words;
    }
}
