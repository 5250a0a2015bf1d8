package imagefunctions.folders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PrivateFolderTest {
    /** Each with the folder's name, as strace has them. */
    private static final Pattern MADE_OR_FORCED = Pattern.compile("(mkdir|fsync)\\(\\d*[<\"]([^>\"]+)[>\"]");

    private final Path folder;

    PrivateFolderTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void aNewFolderAndItsFilesAreTheirOwnersAlone() throws Exception {
        Path parent = folder.resolve("data");
        Path made = PrivateFolder.make(parent.resolve("spool"));

        try (FileChannel file = PrivateFolder.newFile(made.resolve("call"))) {
            assertThat(file.isOpen()).isTrue();
        }
        assertThat(permissions(made)).isEqualTo("rwx------");
        assertThat(permissions(parent)).isEqualTo("rwx------");
        assertThat(permissions(made.resolve("call"))).isEqualTo("rw-------");
    }

    /** For a process of its own, of which is seen what it asks the system for. */
    static final class Maker {
        public static void main(String... folder) throws IOException {
            PrivateFolder.make(Path.of(folder[0]));
        }
    }

    @Test
    void theNameOfEachNewFolderIsForcedToDisk() throws Exception {
        assumeTrue(succeeds("strace", "true"), "No strace that may trace: it is not seen what is forced to disk");
        Path trace = folder.resolve("trace");
        assertThat(succeeds(
                        "strace",
                        "-f",
                        "-y",
                        "-e",
                        "trace=mkdir,fsync",
                        "-o",
                        trace.toString(),
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Maker.class.getName(),
                        "data/spool"))
                .isTrue();

        Path here = folder.toRealPath();
        assertThat(Files.readAllLines(trace).stream()
                        .flatMap(line -> MADE_OR_FORCED.matcher(line).results())
                        .map(call -> call.group(1) + " " + call.group(2)))
                .contains("mkdir " + here.resolve("data"), "mkdir " + here.resolve("data/spool"))
                .endsWith("fsync " + here, "fsync " + here.resolve("data"));
    }

    private boolean succeeds(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("output").toFile())
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    @ParameterizedTest
    @CsvSource({"rwxr-xr-x, rwx------", "rwxrwx---, rwx------", "rwx------, rwx------", "rwxrwxrwx, rwxrwxrwx"})
    void aFolderOfAnEarlierStartIsClosedUnlessItIsSharedOnPurpose(String before, String after) throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(before));

        PrivateFolder.make(folder);

        assertThat(permissions(folder)).isEqualTo(after);
    }

    @Test
    void aFileIsNoFolder() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> PrivateFolder.make(file)).isInstanceOf(NotDirectoryException.class);
    }

    @Test
    void aFolderIsLockedForOneAtATime() throws Exception {
        try (FolderLock first = FolderLock.of(folder)) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> FolderLock.of(folder))
                    .hasMessage(folder + " is in use by another process: stop that one, or set another folder");
        }
        FolderLock.of(folder).close();
    }
}
