package imagefunctions.webp;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The programs of libwebp, whose word on a file is the last. */
final class Libwebp {
    private static final String PYTHON = "/usr/bin/python3";
    private static final String SCRIPT = "src/test/resources/libwebp.py";
    private static final String ALL = """
            for file; do
                rm -f "$file.pam"
                dwebp -quiet -nodither "$file" -pam -o "$file.pam" || rm -f "$file.pam"
            done
            """;

    private Libwebp() {}

    static boolean installed() {
        return List.of("cwebp", "dwebp").stream().allMatch(Libwebp::onPath);
    }

    static void assumeInstalled() {
        assumeTrue(installed(), "cwebp and dwebp are not installed (Debian's package webp): nothing to compare with.");
    }

    private static boolean onPath(String program) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    /** The PAM that dwebp makes, if it does not refuse the file. */
    static Optional<byte[]> decode(byte[] file, Path folder) throws IOException, InterruptedException {
        return decode(List.of(file), folder).getFirst();
    }

    /** The same of each of many files; a shell starts the programs, in a fraction of the time that a JVM takes. */
    static List<Optional<byte[]>> decode(List<byte[]> files, Path folder) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", ALL, "all"));
        for (int i = 0; i < files.size(); i++) {
            command.add(Files.write(folder.resolve(i + ".webp"), files.get(i)).toString());
        }
        run(command);
        return made(files.size(), ".webp.pam", folder);
    }

    /** Whether the library can be called from Python. */
    static boolean callable() throws IOException, InterruptedException {
        return Files.isExecutable(Path.of(PYTHON)) && run(List.of(PYTHON, SCRIPT)) == 0;
    }

    /** What the library makes of each of many files, at a fraction of what a process for each costs. */
    static List<Optional<byte[]>> call(List<byte[]> files, Path folder) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(PYTHON, SCRIPT));
        for (int i = 0; i < files.size(); i++) {
            command.add(Files.write(folder.resolve(i + ".webp"), files.get(i)).toString());
        }
        int status = run(command);
        if (status != 0) {
            throw new IOException("libwebp ended with " + status);
        }
        return made(files.size(), ".webp.rgba", folder);
    }

    private static List<Optional<byte[]>> made(int files, String ending, Path folder) throws IOException {
        List<Optional<byte[]>> made = new ArrayList<>();
        for (int i = 0; i < files; i++) {
            Path file = folder.resolve(i + ending);
            made.add(Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty());
        }
        return made;
    }

    static byte[] encode(Path png, String options, Path folder) throws IOException, InterruptedException {
        Path webp = folder.resolve("encoded.webp");
        List<String> command = new ArrayList<>(List.of("cwebp", "-quiet"));
        command.addAll(List.of(options.split(" ")));
        command.addAll(List.of(png.toString(), "-o", webp.toString()));
        if (run(command) != 0) {
            throw new IOException("cwebp failed: " + command);
        }
        return Files.readAllBytes(webp);
    }

    private static int run(List<String> command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
