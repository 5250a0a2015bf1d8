package imagefunctions.workflowruns;

import java.io.IOException;

/** A document that is not as it was written. */
final class DamagedDocumentException extends IOException {
    DamagedDocumentException(String what) {
        super("a document of the run is damaged: " + what);
    }
}
