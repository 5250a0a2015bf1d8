package imagefunctions.localgateway.runs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.tasks.ConcurrentTasks;
import imagefunctions.workflowruns.RunStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** What every home of durable runs does. */
public final class RunStoreContract {
    /** More than a client sends in one part of an upload. */
    private static final int LARGE = 6 << 20;

    private RunStoreContract() {}

    public static void holdsFor(RunStore store) throws Exception {
        manyWritersCreateADocument(store);
        aDocumentIsCreatedOnce(store);
        aLargeOneIsCreatedOnce(store);
        itIsReplacedAndDeleted(store);
        runsArePaged(store);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static Optional<String> text(RunStore store, String run, String document) throws IOException {
        Optional<InputStream> open = store.open(run, document);
        if (open.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = open.get()) {
            return Optional.of(new String(in.readAllBytes(), UTF_8));
        }
    }

    private static void aDocumentIsCreatedOnce(RunStore store) throws Exception {
        assertThat(text(store, "once", "step.2.0")).isEmpty();
        assertThat(store.documents("once")).isEmpty();

        assertThat(store.create("once", "step.2.0", bytes("head "), bytes("body")))
                .isTrue();
        assertThat(store.create("once", "step.2.0", bytes("another"))).isFalse();

        assertThat(text(store, "once", "step.2.0")).hasValue("head body");
        assertThat(store.documents("once")).singleElement().satisfies(document -> {
            assertThat(document.name()).isEqualTo("step.2.0");
            assertThat(document.bytes()).isEqualTo(9);
        });
    }

    /** How many of writers at the same moment created the document: a store that looks before it writes may let two. */
    static List<Boolean> created(RunStore store, String run) throws Exception {
        List<Callable<Boolean>> writers = Collections.nCopies(8, () -> store.create(run, "run", bytes("one")));
        return ConcurrentTasks.all(writers, writers.size());
    }

    /** In a home that nobody has used yet. */
    private static void manyWritersCreateADocument(RunStore store) throws Exception {
        assertThat(created(store, "many")).contains(true);
        assertThat(text(store, "many", "run")).hasValue("one");
    }

    private static void aLargeOneIsCreatedOnce(RunStore store) throws Exception {
        assertThat(store.create("large", "step.0", bytes("head"), new byte[LARGE]))
                .isTrue();
        assertThat(store.create("large", "step.0", bytes("head"), new byte[LARGE]))
                .isFalse();
    }

    private static void itIsReplacedAndDeleted(RunStore store) throws Exception {
        store.replace("replaced:1", "lease.000001", bytes("one"));
        store.replace("replaced:1", "lease.000001", bytes("two"));
        assertThat(text(store, "replaced:1", "lease.000001")).hasValue("two");

        store.delete("replaced:1", "lease.000001");
        store.delete("replaced:1", "lease.000001");
        assertThat(text(store, "replaced:1", "lease.000001")).isEmpty();
        assertThat(store.documents("replaced:1")).isEmpty();
    }

    private static void runsArePaged(RunStore store) throws Exception {
        for (String run : List.of("page", "page.1", "page-1", "page:1")) {
            store.create(run, "run", bytes("run"));
            store.create(run, "end.failed", bytes("end"));
        }

        List<RunStore.Stored> all = store.runs("", 1000);
        List<RunStore.Stored> first = store.runs("", all.size() - 3);
        List<RunStore.Stored> rest = store.runs(first.getLast().id(), 1000);

        assertThat(all).extracting(RunStore.Stored::id).contains("page", "page.1", "page-1", "page:1", "once");
        assertThat(all).extracting(RunStore.Stored::id).doesNotHaveDuplicates();
        assertThat(first).hasSize(all.size() - 3);
        assertThat(rest).hasSize(3);
        assertThat(all)
                .filteredOn(run -> run.id().equals("page"))
                .singleElement()
                .satisfies(run -> assertThat(run.documents())
                        .extracting(RunStore.Document::name)
                        .containsExactlyInAnyOrder("run", "end.failed"));
    }
}
