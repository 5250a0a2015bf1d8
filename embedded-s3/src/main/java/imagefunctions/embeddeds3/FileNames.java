package imagefunctions.embeddeds3;

import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import java.util.function.Supplier;
import org.gaul.s3proxy.blobstore.S3Exceptions;

/** Refuses keys of which no file can be made, as the caller's fault: other stores take them. */
final class FileNames {
    /** Of one part between slashes: file systems take 255, of which the server needs some while it writes. */
    private static final int MOST_BYTES = 200;

    private FileNames() {}

    /** Writes an object of this key. */
    static <T> T keeping(String key, Supplier<T> write) {
        if (!Arrays.stream(key.split("/")).allMatch(FileNames::isUsable)) {
            throw S3Exceptions.invalidArgument("This server keeps objects as files: no part of a key can be \".\" or"
                    + " longer than " + MOST_BYTES + " bytes.");
        }
        try {
            return write.get();
        } catch (RuntimeException e) {
            // Its subclasses are no matter of the name.
            if (e.getCause() instanceof FileSystemException cause && cause.getClass() == FileSystemException.class) {
                throw S3Exceptions.invalidArgument("This server keeps objects as files, and cannot make this one ("
                        + cause.getReason() + "): a key cannot go on behind another one's with a slash.");
            }
            throw e;
        }
    }

    private static boolean isUsable(String part) {
        return !part.equals(".") && part.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES;
    }
}
