package imagefunctions.convert;

import imagefunctions.testservers.ApplicationProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The packaged command, as a process of its own. */
final class ConvertProcess {
    static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));
    static final Path TARGET = Path.of("target").toAbsolutePath();

    /** The first process leaves an archive of its classes, from which the others have them. */
    private static final List<String> ARCHIVE = List.of(
            "-XX:+AutoCreateSharedArchive",
            "-XX:SharedArchiveFile=" + TARGET.resolve("convert.jsa"),
            // Or it would say which classes it left out.
            "-Xlog:disable");

    record Run(int status, String output) {}

    private ConvertProcess() {}

    /** With the address of the functions as its last word. */
    static ProcessBuilder command(Path folder, FunctionServer functions, String function, String... options) {
        List<String> command =
                new ArrayList<>(List.of(JAVA_HOME.resolve("bin/java").toString()));
        command.addAll(ApplicationProcess.QUICK);
        command.addAll(ARCHIVE);
        command.addAll(List.of("-cp", jar() + ":" + TARGET + "/lib/*", "imagefunctions.convert.Convert"));
        command.addAll(List.of("--function", function));
        command.addAll(Arrays.asList(options));
        command.addAll(List.of("--gateway", functions.url()));
        return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    }

    static Path jar() {
        try (Stream<Path> files = Files.list(TARGET)) {
            return files.filter(file -> file.getFileName().toString().matches("convert-[0-9.]*\\.jar"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Run run(ProcessBuilder command) throws IOException, InterruptedException {
        Process process = command.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }

    /** The same command behind another one, which starts it. */
    static ProcessBuilder behind(ProcessBuilder command, String... words) {
        command.command().addAll(0, Arrays.asList(words));
        return command;
    }

    /** Held to the permissions of files, as root is not. */
    static ProcessBuilder unprivileged(ProcessBuilder command) {
        return System.getProperty("user.name").equals("root")
                ? behind(command, "setpriv", "--bounding-set=-dac_override,-dac_read_search")
                : command;
    }
}
