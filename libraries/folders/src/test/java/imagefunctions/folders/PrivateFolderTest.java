package imagefunctions.folders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PrivateFolderTest {
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
