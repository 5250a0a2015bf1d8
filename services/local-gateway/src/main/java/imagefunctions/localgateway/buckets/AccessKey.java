package imagefunctions.localgateway.buckets;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;

/** The key of the embedded S3 server, which lies in a file that only its owner can read. */
record AccessKey(String id, String secret) {
    private static final int SECRET_BYTES = 20;

    /** Reads the key from the file, or makes one and writes it there. */
    static AccessKey keptIn(Path file) throws IOException {
        if (!Files.exists(file)) {
            make(file);
        }
        Properties key = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            key.load(reader);
        }
        String id = key.getProperty("minio_access_key", "");
        String secret = key.getProperty("minio_secret_key", "");
        if (id.isEmpty() || secret.isEmpty()) {
            throw new IOException(file + " lacks minio_access_key or minio_secret_key: delete it for a new one");
        }
        return new AccessKey(id, secret);
    }

    private static void make(Path file) throws IOException {
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                part,
                "minio_access_key=imagefunctions\nminio_secret_key="
                        + HexFormat.of().formatHex(random) + "\n",
                StandardOpenOption.WRITE);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
