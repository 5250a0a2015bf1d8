package imagefunctions.folders;

import java.io.IOException;
import java.util.List;

/** Recognizes that something could not be written for lack of room. */
public final class FullDisk {
    /** ENOSPC and EDQUOT in the words of the C library, and the first in those of Windows. */
    private static final List<String> WORDS =
            List.of("No space left on device", "Disk quota exceeded", "There is not enough space on the disk");

    private FullDisk() {}

    /** Whether the disk, or what the user may take of it, is full. */
    public static boolean isReasonOf(Throwable failure) {
        String message = failure instanceof IOException ? failure.getMessage() : null;
        return message != null && WORDS.stream().anyMatch(message::contains);
    }
}
