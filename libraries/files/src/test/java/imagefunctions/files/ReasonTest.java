package imagefunctions.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ReasonTest {

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new AccessDeniedException("a.jpg"), "Permission denied: a.jpg"),
                Arguments.of(new NoSuchFileException("a.jpg"), "No such file or folder: a.jpg"),
                Arguments.of(new NoSuchFileException("a.jpg", null, "it was deleted"), "it was deleted: a.jpg"),
                Arguments.of(new FileAlreadyExistsException("a"), "A file of this name exists: a"),
                Arguments.of(new NotDirectoryException("a"), "Not a folder: a"),
                Arguments.of(new FileSystemException("a", null, "Read-only file system"), "Read-only file system: a"),
                Arguments.of(new FileSystemException("a"), "The file system failed: a"),
                Arguments.of(new FileSystemException(null, null, "No space left"), "No space left"),
                Arguments.of(new UncheckedIOException(new AccessDeniedException("a")), "Permission denied: a"),
                Arguments.of(new IOException("The disk is full."), "The disk is full."),
                Arguments.of(new ClosedChannelException(), "ClosedChannelException"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aReasonIsMoreThanAPath(Exception failure, String reason) {
        assertThat(Reason.of(failure)).isEqualTo(reason);
    }
}
