package imagefunctions.imaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Other programs, run on many files by one shell, which starts them in a fraction of the time that a JVM takes. */
final class Programs {

    private Programs() {}

    static boolean areThere(String... programs) {
        return Arrays.stream(programs)
                .allMatch(program -> Arrays.stream(System.getenv("PATH").split(":", -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program))));
    }

    /**
     * Writes files and runs a command on each, which finds its name in {@code $file}; its exit status goes to the file's
     * name with {@code .status} behind it, and what it says to one with {@code .log}.
     *
     * @return where the files are, in their order
     */
    static List<Path> onEach(List<byte[]> files, String ending, String command, Path folder) {
        String all = "for file; do %s 2>\"$file.log\"; echo $? >\"$file.status\"; done".formatted(command);
        List<Path> written = new ArrayList<>();
        List<String> shell = new ArrayList<>(List.of("sh", "-c", all, "all"));
        try {
            for (int i = 0; i < files.size(); i++) {
                written.add(Files.write(folder.resolve(i + ending), files.get(i)));
                shell.add(written.getLast().toString());
            }
            Path log = folder.resolve("shell.log");
            Process process = new ProcessBuilder(shell)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            process.getOutputStream().close();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(
                        "The shell ended with " + process.exitValue() + ": " + Files.readString(log));
            }
            return written;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static Path beside(Path file, String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }
}
