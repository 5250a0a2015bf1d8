package imagefunctions.localgateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.jar.Attributes.Name;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A program of its own that answers POSTs, as a function that runs beside: it adds a word to what it gets. */
final class BrownFunction {
    private static final byte[] WORD = "brown".getBytes(UTF_8);

    private BrownFunction() {}

    /** Writes a jar that starts it. */
    static void write(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Name.MAIN_CLASS, BrownFunction.class.getName());
        manifest.getMainAttributes()
                .put(Name.CLASS_PATH, Path.of("target/test-classes").toUri().toString());
        Files.createDirectories(jar.getParent());
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    }

    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(System.getenv("QUARKUS_HTTP_PORT"));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                byte[] brown = brown(exchange.getRequestBody().readAllBytes());
                exchange.getResponseHeaders().set("Content-Type", "image/jpeg");
                exchange.sendResponseHeaders(200, brown.length);
                exchange.getResponseBody().write(brown);
            }
        });
        server.start();
    }

    static byte[] brown(byte[] photo) {
        byte[] brown = Arrays.copyOf(photo, photo.length + WORD.length);
        System.arraycopy(WORD, 0, brown, photo.length, WORD.length);
        return brown;
    }
}
