package imagefunctions.functions.chaining.yaml;

/** An error in a workflow file, as {@code workflow.yml:7: what to write instead}. */
public final class InvalidWorkflowException extends RuntimeException {
    InvalidWorkflowException(String file, int line, String message) {
        super(file + ":" + line + ": " + message);
    }
}
