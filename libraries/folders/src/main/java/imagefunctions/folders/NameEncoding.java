package imagefunctions.folders;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The encoding of files' names, which Java takes from the locale of the process. */
public final class NameEncoding {
    /** Of two, three and four bytes in UTF-8. */
    private static final String LETTERS = "\u00E9\u6F22\uD83D\uDE00";

    private NameEncoding() {}

    /**
     * Refuses a process that cannot write every name that UTF-8 can.
     *
     * @throws IOException with what to set
     */
    public static void requireUtf8() throws IOException {
        if (!isKept(LETTERS)) {
            throw new IOException("This process cannot write UTF-8 names of files, since its locale's encoding is "
                    + System.getProperty("sun.jnu.encoding")
                    + ": set LC_ALL, or LANG where LC_ALL and LC_CTYPE are not set, to C.UTF-8.");
        }
    }

    private static boolean isKept(String name) {
        try {
            return Path.of(name).toString().equals(name);
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
