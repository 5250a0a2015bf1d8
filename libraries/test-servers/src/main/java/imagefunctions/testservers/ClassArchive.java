package imagefunctions.testservers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a JVM has read of the classes that a packaged application starts with, as far as they are the JDK's, beside the
 * application's folder: made before its first start, it takes a quarter off each from then on, in whatever module.
 */
final class ClassArchive {
    /** One of documentation, which no machine has: a start ends where it would listen. */
    private static final String NO_ADDRESS = "192.0.2.1";

    private static final int WRITTEN_WITHIN_MINUTES = 3;

    private ClassArchive() {}

    /** The option that names the archive of a jar, by its one path, which a copy must not share. */
    static synchronized String option(List<String> java, Path jar) throws IOException {
        String ofPath = HexFormat.of().toHexDigits(jar.toString().hashCode());
        Path archive = jar.resolve("../../start-" + ofPath + ".jsa").normalize();
        if (!Files.exists(archive)
                || Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) < 0) {
            make(java, jar, archive);
        }
        return "-XX:SharedArchiveFile=" + archive;
    }

    private static void make(List<String> java, Path jar, Path archive) throws IOException {
        Path folder = Files.createTempDirectory(archive.getParent(), "start");
        Path part = folder.resolve(archive.getFileName());
        List<String> command = new ArrayList<>(java);
        command.addAll(List.of("-XX:ArchiveClassesAtExit=" + part, "-jar", jar.toString()));
        ProcessBuilder start = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        start.environment().put("QUARKUS_HTTP_HOST", NO_ADDRESS);
        start.environment().put("IMAGE_FUNCTIONS_BUCKETS", "false");
        for (String name : List.of("S3", "SPOOL", "MESSAGES")) {
            String own = folder.resolve(name).toString();
            start.environment().put("IMAGE_FUNCTIONS_" + name + "_FOLDER", own);
        }
        try {
            if (!start.start().waitFor(WRITTEN_WITHIN_MINUTES, TimeUnit.MINUTES)) {
                throw new IOException("it did not end: " + command);
            }
            if (!Files.exists(part)) {
                // Of a JVM that writes none: it takes an empty one for none, and no start tries again.
                Files.createFile(part);
            }
            // Another JVM may be about it, too: either is as good.
            Files.move(part, archive, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
