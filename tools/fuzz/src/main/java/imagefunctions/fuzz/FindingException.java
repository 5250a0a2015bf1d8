package imagefunctions.fuzz;

import org.jspecify.annotations.Nullable;

/** Something that a file made the engine do and that no file may. */
public final class FindingException extends RuntimeException {
    public FindingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
