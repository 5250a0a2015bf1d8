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
        Path webp = Files.write(folder.resolve("picture.webp"), file);
        Path pam = folder.resolve("picture.pam");
        int status = run(List.of("dwebp", "-quiet", "-nodither", webp.toString(), "-pam", "-o", pam.toString()));
        return status == 0 ? Optional.of(Files.readAllBytes(pam)) : Optional.empty();
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
