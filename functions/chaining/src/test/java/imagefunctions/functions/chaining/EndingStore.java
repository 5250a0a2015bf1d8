package imagefunctions.functions.chaining;

import imagefunctions.workflowruns.RunStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Ends the process, as kill -9 does, just before or just after one of the documents that it creates. */
final class EndingStore implements RunStore {
    private final RunStore store;
    private final int document;
    private final boolean before;
    private final AtomicInteger created = new AtomicInteger();

    /**
     * A store that ends the process.
     *
     * @param document the number of the document, from 0
     */
    EndingStore(RunStore store, int document, boolean before) {
        this.store = store;
        this.document = document;
        this.before = before;
    }

    @Override
    public boolean create(String run, String name, byte[]... content) throws IOException {
        boolean here = created.getAndIncrement() == document;
        if (here && before) {
            Runtime.getRuntime().halt(ChainingProcess.ENDED);
        }
        boolean isNew = store.create(run, name, content);
        if (here) {
            Runtime.getRuntime().halt(ChainingProcess.ENDED);
        }
        return isNew;
    }

    @Override
    public void replace(String run, String name, byte[]... content) throws IOException {
        store.replace(run, name, content);
    }

    @Override
    public Optional<InputStream> open(String run, String name) throws IOException {
        return store.open(run, name);
    }

    @Override
    public void delete(String run, String name) throws IOException {
        store.delete(run, name);
    }

    @Override
    public List<Document> documents(String run) throws IOException {
        return store.documents(run);
    }

    @Override
    public List<Stored> runs(String after, int limit) throws IOException {
        return store.runs(after, limit);
    }
}
