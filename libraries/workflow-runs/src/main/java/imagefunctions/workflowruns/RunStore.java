package imagefunctions.workflowruns;

import imagefunctions.traces.TraceContext;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where runs keep their documents. Many threads and processes may use it at once; a document that was written is there
 * whole, and survives whatever ends the process.
 */
public interface RunStore {

    /** One document of a run. */
    record Document(String name, long bytes, Instant written) {}

    /** A run and its documents. */
    record Stored(String id, List<Document> documents) {
        public Stored {
            documents = List.copyOf(documents);
        }
    }

    /** The same store, asked as part of a trace, if its requests can be. */
    default RunStore within(Optional<TraceContext> trace) {
        return this;
    }

    /** Writes a document unless there is one of that name; returns whether it was written. */
    boolean create(String run, String document, byte[]... content) throws IOException;

    /** Writes a document in place of what was there. */
    void replace(String run, String document, byte[]... content) throws IOException;

    Optional<InputStream> open(String run, String document) throws IOException;

    /** Deletes a document; there may be none. */
    void delete(String run, String document) throws IOException;

    List<Document> documents(String run) throws IOException;

    /**
     * A page of runs, in an order of the store's own.
     *
     * @param after the id to go on behind, or an empty text
     */
    List<Stored> runs(String after, int limit) throws IOException;
}
