package imagefunctions.reasons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ReasonTest {
    private static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new AccessDeniedException("/srv/a"), "Permission denied: /srv/a"),
                Arguments.of(
                        new FileSystemException("/srv/a", null, "No space left on device"),
                        "No space left on device: /srv/a"),
                Arguments.of(
                        new FileSystemException("/srv/a", "/mnt/a", "Invalid cross-device link"),
                        "Invalid cross-device link: /srv/a -> /mnt/a"),
                Arguments.of(new FileSystemException("/srv/a"), "FileSystemException: /srv/a"),
                Arguments.of(new IOException("No space left on device"), "No space left on device"),
                Arguments.of(new UnknownHostException("photos.invalid"), "Unknown host: photos.invalid"),
                Arguments.of(new MalformedInputException(1), "It is not text in the expected encoding"),
                Arguments.of(new ClosedChannelException(), "ClosedChannelException"),
                Arguments.of(new ConnectException(), "Connection refused"),
                Arguments.of(new SocketTimeoutException("timeout"), "There was no answer in time"),
                Arguments.of(new InterruptedIOException("timeout"), "There was no answer in time"),
                Arguments.of(
                        new IOException("unexpected end of stream on http://10.0.0.1:9000/...", new EOFException()),
                        "The connection ended before all of the answer was there"),
                Arguments.of(
                        new IOException("HTTP/1.1 header parser received no bytes", new EOFException()),
                        "The connection ended before all of the answer was there"),
                Arguments.of(new IOException(" "), "IOException"),
                Arguments.of(
                        new CompletionException(new UncheckedIOException(new AccessDeniedException("/srv/a"))),
                        "Permission denied: /srv/a"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void theKindOfFaultComesFirst(Throwable failure, String reason) {
        assertThat(Reason.of(failure)).isEqualTo(reason);
    }

    @Test
    void whatTheFileSystemRefusesIsNamedToo(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "text");
        Path missing = folder.resolve("missing");

        assertThat(Reason.of(catchThrowable(() -> Files.size(missing))))
                .isEqualTo("No such file or directory: " + missing);
        assertThat(Reason.of(catchThrowable(() -> Files.createFile(file)))).isEqualTo("File exists: " + file);
        assertThat(Reason.of(catchThrowable(() -> Files.delete(folder)))).isEqualTo("Directory not empty: " + folder);
        assertThat(Reason.of(catchThrowable(() -> Files.createFile(file.resolve("within")))))
                .isEqualTo("Not a directory: " + file.resolve("within"));
        assertThat(Reason.of(catchThrowable(() -> Files.createFile(folder.resolve("n".repeat(300))))))
                .startsWith("File name too long: ");
    }
}
