package imagefunctions.asynccalls;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** An authority of our own making, which has signed the certificate of a server. */
record TestAuthority(Path certificate, Path serverCertificate, Path serverKey) {
    private static final String STORE_PASSWORD = "changeit";

    /** Made by the JDK's keytool, for a server that is called by this name. */
    static TestAuthority make(Path parent, String name, String server) throws IOException {
        Path folder = Files.createDirectory(parent.resolve(name));
        Path store = folder.resolve("store.p12");
        keytool(store, "-genkeypair", "-alias", "ca", "-dname", "CN=" + name, "-ext", "bc:c", "-keyalg", "EC");
        keytool(store, "-genkeypair", "-alias", "server", "-dname", "CN=server", "-keyalg", "EC");
        Path request = folder.resolve("server.csr");
        Path signed = folder.resolve("server.pem");
        Path authority = folder.resolve("ca.pem");
        keytool(store, "-certreq", "-alias", "server", "-file", request.toString());
        keytool(
                store,
                "-gencert",
                "-alias",
                "ca",
                "-ext",
                "san=" + server,
                "-rfc",
                "-infile",
                request.toString(),
                "-outfile",
                signed.toString());
        keytool(store, "-exportcert", "-alias", "ca", "-rfc", "-file", authority.toString());
        return new TestAuthority(authority, signed, key(store, folder.resolve("server.key")));
    }

    private static Path key(Path store, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, STORE_PASSWORD.toCharArray());
            byte[] key = keys.getKey("server", STORE_PASSWORD.toCharArray()).getEncoded();
            String lines = Base64.getMimeEncoder().encodeToString(key);
            return Files.writeString(file, "-----BEGIN PRIVATE KEY-----\n" + lines + "\n-----END PRIVATE KEY-----\n");
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static void keytool(Path store, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", STORE_PASSWORD, "-storetype", "PKCS12"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
    }

    /** What has nats-server show the certificate. */
    String serverConfiguration() {
        return "tls { cert_file: \"" + serverCertificate + "\", key_file: \"" + serverKey + "\" }\n";
    }
}
