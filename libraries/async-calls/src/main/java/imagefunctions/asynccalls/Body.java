package imagefunctions.asynccalls;

import java.io.IOException;
import java.io.InputStream;

/** The body of an entry, which can be read as often as needed. */
public interface Body {
    long length();

    /** The body from its first byte; the caller closes it. */
    InputStream open() throws IOException;
}
