package imagefunctions.embeddeds3;

import imagefunctions.storage.ObjectKeys;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.gaul.s3proxy.blobstore.S3Exceptions;

/** Refuses keys of which no file can be made, as the caller's fault: other stores take them. */
final class FileNames {
    /** Of one part between slashes: file systems take 255, of which the server needs some while it writes. */
    private static final int MOST_BYTES = 200;

    /** Stands for an upload in parts until that is whole. */
    private static final String STUB = ".s3proxy-mpu-stub-";

    /** What the server calls a file until the object is whole: the key, and this. */
    private static final Pattern BEING_WRITTEN =
            Pattern.compile(".*-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", Pattern.DOTALL);

    private FileNames() {}

    /** Whether this is no object, but one that is being written, or that a crash left so. */
    static boolean isBeingWritten(String key) {
        return key.startsWith(STUB) || BEING_WRITTEN.matcher(key).matches();
    }

    /** Refuses a key that would be another object's as a file, to read and to delete as well as to write. */
    static void requireOwn(String key) {
        Optional<String> fault = ObjectKeys.fault(key);
        if (fault.isPresent()) {
            throw S3Exceptions.invalidArgument(fault.get());
        }
    }

    /** Whether the key stands for a folder, which has no content. */
    static boolean isFolder(String key) {
        return key.endsWith("/");
    }

    /** Writes an object of this key. */
    static <T> T keeping(String key, Supplier<T> write) {
        requireOwn(key);
        if (!isPossible(key)) {
            throw S3Exceptions.invalidArgument(
                    "This server keeps objects as files: no part of a key can be longer than " + MOST_BYTES
                            + " bytes.");
        }
        if (BEING_WRITTEN.matcher(key).matches() && !key.startsWith(STUB)) {
            throw S3Exceptions.invalidArgument("This server calls objects that are being written KEY-UUID: no key can"
                    + " end in a minus and a UUID.");
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

    /** To read an object whose key is too long for a file is to read one that is not there. */
    static void requirePossible(String bucket, String key) {
        if (!isPossible(key)) {
            throw S3Exceptions.noSuchKey(bucket, key, "no file can be called so");
        }
    }

    /** Whether there can be an object of this key. */
    static boolean isPossible(String key) {
        return Arrays.stream(key.split("/")).allMatch(FileNames::fits);
    }

    private static boolean fits(String part) {
        return part.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES;
    }
}
