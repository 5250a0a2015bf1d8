package imagefunctions.yaml;

/** An error in a file, as {@code workflow.yml:7: what to write instead}. */
public final class InvalidFileException extends RuntimeException {
    InvalidFileException(String file, int line, String message) {
        super(file + ":" + line + ": " + message);
    }
}
