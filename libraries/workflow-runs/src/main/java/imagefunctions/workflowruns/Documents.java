package imagefunctions.workflowruns;

import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What the documents of a run are called, and how they are read and written. */
final class Documents {
    /** What the run began with: it is there if this is. */
    static final String RUN = "run";

    static final String PAUSE = "wish.pause";
    static final String STOP = "wish.stop";

    private static final String STEP = "step.";
    private static final String TRIED = "tried.";
    private static final String END = "end.";
    private static final String LEASE = "lease.";
    private static final String STEERED = "by.";

    private final RunStore store;

    Documents(RunStore store) {
        this.store = store;
    }

    static String step(String key) {
        return STEP + key;
    }

    static String tried(String key) {
        return TRIED + key;
    }

    static String end(RunState state) {
        return END + state.label();
    }

    static String lease(int number) {
        return "%s%06d".formatted(LEASE, number);
    }

    /** Says that this call has resumed the run, or had it tried again, so that its repetition does not do so twice. */
    static String steered(String callId) {
        return STEERED + callId;
    }

    /** What a run's calls have left that steered it, but for the latest of them. */
    List<String> steeredButLatest(String run, int latest) throws IOException {
        List<RunStore.Document> steered = store.documents(run).stream()
                .filter(document -> document.name().startsWith(STEERED))
                .sorted(Comparator.comparing(RunStore.Document::written))
                .toList();
        return names(steered.subList(0, Math.max(0, steered.size() - latest)));
    }

    static List<String> names(List<RunStore.Document> documents) {
        return documents.stream().map(RunStore.Document::name).toList();
    }

    /** The keys of the steps that have ended. */
    static List<String> steps(List<String> names) {
        return keys(names, STEP);
    }

    /** The keys of the steps of which attempts are kept. */
    static List<String> tried(List<String> names) {
        return keys(names, TRIED);
    }

    private static List<String> keys(List<String> names, String kind) {
        return names.stream()
                .filter(name -> name.startsWith(kind))
                .map(name -> name.substring(kind.length()))
                .toList();
    }

    /** The state of a run that has its end. */
    static Optional<RunState> ended(List<String> names) {
        return List.of(RunState.SUCCEEDED, RunState.FAILED, RunState.STOPPED).stream()
                .filter(state -> names.contains(end(state)))
                .findFirst();
    }

    /** The number of the latest lease, 0 if there was none. */
    static int latestLease(List<String> names) {
        return names.stream()
                .filter(name -> name.matches("lease[.]\\d{6}"))
                .map(name -> Integer.parseInt(name.substring(LEASE.length())))
                .max(Comparator.naturalOrder())
                .orElse(0);
    }

    <T> Optional<Kept<T>> read(String run, String document, Class<T> type) throws IOException {
        Optional<InputStream> open = store.open(run, document);
        if (open.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = open.get()) {
            return Optional.of(Kept.read(in, type));
        }
    }

    <T> Optional<Kept.Head<T>> readHead(String run, String document, Class<T> type) throws IOException {
        Optional<InputStream> open = store.open(run, document);
        if (open.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = open.get()) {
            return Optional.of(Kept.readHead(in, type));
        }
    }

    boolean create(String run, String document, Kept<?> content) throws IOException {
        return store.create(run, document, content.encoded());
    }

    void replace(String run, String document, Kept<?> content) throws IOException {
        store.replace(run, document, content.encoded());
    }

    void delete(String run, String document) throws IOException {
        store.delete(run, document);
    }

    List<String> names(String run) throws IOException {
        return names(store.documents(run));
    }

    /** Deletes a run; its end goes last, so that half a run is never taken for one that goes on. */
    void deleteAll(String run, List<String> names) throws IOException {
        for (String name : names) {
            if (!name.equals(RUN) && !name.startsWith(END)) {
                store.delete(run, name);
            }
        }
        store.delete(run, RUN);
        for (String name : names) {
            if (name.startsWith(END)) {
                store.delete(run, name);
            }
        }
    }
}
