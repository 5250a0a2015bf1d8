package imagefunctions.localgateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Debian's nginx with a configuration from the docs; all its files are in one folder. */
public final class Nginx implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/nginx");

    private final Process process;

    /**
     * Starts it.
     *
     * @param inner what is within {@code http}
     */
    public Nginx(Path folder, String inner) throws IOException {
        Path configuration = Files.writeString(
                folder.resolve("nginx.conf"),
                "user root; daemon off; pid pid; worker_processes 1; error_log stderr; events {}\n"
                        + "http { access_log off; client_body_temp_path body; proxy_temp_path proxy;\n" + inner
                        + "}\n");
        process = new ProcessBuilder(PROGRAM.toString(), "-p", folder.toString(), "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("nginx.log").toFile())
                .start();
    }

    public static boolean isThere() {
        return Files.isExecutable(PROGRAM);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
